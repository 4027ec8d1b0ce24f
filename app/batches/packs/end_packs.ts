import db from '@adonisjs/lucid/services/db'
import { entrusted } from '#app/people/consents/entrusted'
import { today } from '#app/core/clock'
import type Pack from '#app/batches/packs/pack'
import type { UserListener } from '#app/people/user_listener'
import { releasePromised } from '#app/tasks/promised_tasks'
import { transition, type Transition } from '#app/core/transition'

/** Ends packs that still run; what is left of them is offered to others. What is done is done. */
export async function endPacks(
  t: Transition,
  ids: string[],
  reason: NonNullable<Pack['endedReason']>,
  actorId: string | null = null
): Promise<void> {
  const ended: { id: string; batch_id: string }[] = await t.trx
    .from('packs')
    .whereIn('id', ids)
    .whereNull('ended_at')
    .update({ ended_at: t.trx.raw('now()'), ended_reason: reason })
    .returning(['id', 'batch_id'])
  await releasePromised(
    t,
    ended.map(({ id }) => id)
  )
  for (const { id, batch_id: batchId } of ended) {
    t.recordOnly({
      verb: 'pack.ended',
      subject: { type: 'pack', id },
      actorId,
      detail: { reason },
    })
    t.announce(`batches/${batchId}`)
  }
}

/** Ends packs whose time is over. */
export async function endExpiredPacks(): Promise<void> {
  const over: { id: string }[] = await db
    .from('packs')
    .whereNull('ended_at')
    .whereRaw('ends_at <= now()')
    .select('id')
  if (over.length === 0) return
  await transition((t) =>
    endPacks(
      t,
      over.map(({ id }) => id),
      'expired'
    )
  )
}

/**
 * Ends packs of people whom their client's rules leave out by now: what they have in hand they finish, the rest is for
 * others.
 */
export async function endUnentrustedPacks(): Promise<void> {
  const rules = entrusted({
    client: 'b.client_id',
    user: 'k.user_id',
    site: `(k.terms ->> 'site')`,
  })
  const { rows } = await db.rawQuery<{ rows: { id: string }[] }>(
    `select k.id from packs k join batches b on b.id = k.batch_id where k.ended_at is null and not (${rules})`,
    { entrusted_today: today() }
  )
  if (rows.length === 0) return
  await transition((t) =>
    endPacks(
      t,
      rows.map(({ id }) => id),
      'withdrawn'
    )
  )
}

/** The listener by which what somebody had accepted is there for others. */
export const packUserListener: UserListener = {
  name: 'packs',

  left: (t, { id }) => withdrawAll(t, id),
  lessened: (t, { id }) => withdrawAll(t, id),
}

async function withdrawAll(t: Transition, userId: string): Promise<void> {
  const running: { id: string }[] = await t.trx
    .from('packs')
    .where('user_id', userId)
    .whereNull('ended_at')
    .select('id')
  await endPacks(
    t,
    running.map(({ id }) => id),
    'withdrawn'
  )
}
