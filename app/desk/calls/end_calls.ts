import db from '@adonisjs/lucid/services/db'

/** A call that led to no visit, and that no telephone system has ended, is over after this (hours). */
const OVER_AFTER_HOURS = 3

/** The caller has hung up. False when the call isn't one that somebody is speaking in. */
export async function endCall(id: string): Promise<boolean> {
  const ended = await db.from('calls').where({ id, state: 'answered' }).update({ state: 'ended' })
  return Number(ended) === 1
}

/** Ends calls in which nobody speaks any more: their visits have ended, or they led to none long ago. */
export async function endFinishedCalls(): Promise<void> {
  await db
    .from('calls')
    .where('state', 'answered')
    .whereNotExists((open) =>
      open.from('visits').whereColumn('visits.call_id', 'calls.id').whereNull('visits.ended_at')
    )
    .where((query) =>
      query
        .whereExists((visit) => visit.from('visits').whereColumn('visits.call_id', 'calls.id'))
        .orWhereRaw(`calls.at < now() - interval '${OVER_AFTER_HOURS} hours'`)
    )
    .update({ state: 'ended' })
}
