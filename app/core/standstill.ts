import type { DateTime } from 'luxon'
import db from '@adonisjs/lucid/services/db'
import { StandstillSchema } from '#database/schema'
import type { HealthCheck } from '#app/core/health'
import { newId } from '#app/core/ids'
import type { Queries } from '#app/core/queries'
import { transition } from '#app/core/transition'

/**
 * The time after a back-up was brought back in which nothing leaves the house: letters, deliveries and mail of that day
 * may have left before, and would leave a second time.
 */
export default class Standstill extends StandstillSchema {}

/** Whether it lasts. */
export async function isAtStandstill(client: Queries = db): Promise<boolean> {
  return (await client.from('standstills').whereNull('released_at').first()) !== null
}

/** Whether something made then came back with a back-up: it may have left the house since, which nothing here says. */
export async function wasRestored(madeAt: DateTime): Promise<boolean> {
  const later: unknown = await db
    .from('standstills')
    .where('backup_at', '>=', madeAt.toJSDate())
    .first()
  return later !== null
}

/**
 * Begins it, when a back-up was brought back.
 * @param backupAt ISO, as of when
 * @param replay destroys anew what was destroyed since; returns how many keys
 */
export async function beginStandstill(
  backupAt: string,
  replay: () => Promise<number>
): Promise<number> {
  const id = newId()
  await db.table('standstills').insert({
    id,
    backup_at: backupAt,
    replayed: 0,
    events_until: db.raw('(select coalesce(max(sequence), 0) from events)'),
  })
  const replayed = await replay()
  await db.from('standstills').where('id', id).update({ replayed })
  return replayed
}

/** Lets letters, messages and deliveries leave again; false where nothing was held back. */
export async function endStandstill(by: { id: string }): Promise<boolean> {
  return transition(async (t) => {
    const standing = await Standstill.query({ client: t.trx }).whereNull('releasedAt').forUpdate()
    for (const { id } of standing) {
      await t.trx
        .from('standstills')
        .where('id', id)
        .update({ released_at: t.trx.raw('now()'), released_by: by.id })
      t.recordOnly({
        verb: 'standstill.released',
        subject: { type: 'standstill', id },
        actorId: by.id,
      })
    }
    return standing.length > 0
  })
}

/** Says on every screen that nothing leaves. */
export const standstillCheck: HealthCheck = {
  name: 'standstill',
  check: async () => ((await isAtStandstill()) ? 'standstill' : null),
}
