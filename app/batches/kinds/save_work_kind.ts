import type User from '#app/people/user'
import WorkKind from '#app/batches/kinds/work_kind'
import type { WorkDefinition } from '#app/batches/kinds/work_definition'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/**
 * Keeps a kind of work, new or changed; batches that were made before stay as they are.
 * @returns its id; null where another has that name
 */
export async function saveWorkKind(
  user: User,
  id: string | null,
  definition: WorkDefinition
): Promise<string | null> {
  return transition(async (t) => {
    const other = await WorkKind.query({ client: t.trx })
      .where('name', definition.name)
      .if(id, (query) => query.whereNot('id', id!))
      .first()
    if (other) return null
    const kind = id
      ? await WorkKind.query({ client: t.trx }).where('id', id).forUpdate().firstOrFail()
      : new WorkKind().merge({ id: newId() }).useTransaction(t.trx)
    await kind.merge({ name: definition.name, definition, changedBy: user.id }).save()
    t.recordOnly({
      verb: id ? 'work_kind.changed' : 'work_kind.made',
      subject: { type: 'work_kind', id: kind.id },
      actorId: user.id,
    })
    return kind.id
  })
}

/** A kind is offered for new batches no longer, or again. */
export async function closeWorkKind(user: User, id: string, isClosed: boolean): Promise<void> {
  await transition(async (t) => {
    await t.trx
      .from('work_kinds')
      .where('id', id)
      .update({ closed_at: isClosed ? t.trx.raw('now()') : null })
    t.recordOnly({
      verb: isClosed ? 'work_kind.closed' : 'work_kind.reopened',
      subject: { type: 'work_kind', id },
      actorId: user.id,
    })
  })
}
