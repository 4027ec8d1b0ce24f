import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import WorkKind from '#app/batches/kinds/work_kind'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

/** Pictures that stand beside the instructions of one kind. */
export const MAX_PICTURES = 12

/**
 * Keeps a picture beside the instructions; it never changes, so that batches made before go on showing theirs.
 * @returns false where there are enough of them
 */
export async function keepPicture(user: User, kindId: string, picture: Buffer): Promise<boolean> {
  return transition(async (t) => {
    const kind = await lockKind(t, kindId)
    const { pictures } = kind.definition
    if (pictures.length >= MAX_PICTURES) return false
    const id = newId()
    await t.trx.table('work_pictures').insert({ id, work_kind_id: kindId, picture })
    await keep(t, user, kind, [...pictures, id])
    return true
  })
}

/** Takes a picture out of the instructions, for batches that are made from now on. */
export async function removePicture(user: User, kindId: string, pictureId: string): Promise<void> {
  await transition(async (t) => {
    const kind = await lockKind(t, kindId)
    const left = kind.definition.pictures.filter((id) => id !== pictureId)
    await keep(t, user, kind, left)
  })
}

/** Finds a picture of instructions; null where there is none. */
export async function workPicture(kindId: string, pictureId: string): Promise<Buffer | null> {
  const row: { picture: Buffer } | null = await db
    .from('work_pictures')
    .where({ id: pictureId, work_kind_id: kindId })
    .select('picture')
    .first()
  return row?.picture ?? null
}

function lockKind(t: Transition, id: string): Promise<WorkKind> {
  return WorkKind.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail()
}

async function keep(t: Transition, user: User, kind: WorkKind, pictures: string[]): Promise<void> {
  await kind.merge({ definition: { ...kind.definition, pictures }, changedBy: user.id }).save()
  t.recordOnly({
    verb: 'work_kind.changed',
    subject: { type: 'work_kind', id: kind.id },
    actorId: user.id,
  })
}
