import type User from '#app/people/user'
import Call from '#app/desk/calls/call'
import { transition } from '#app/core/transition'

/** A call that led to no visit, and that no telephone system has ended, is over after this (hours). */
const OVER_AFTER_HOURS = 3
const BATCH = 500

/** The caller has hung up. False when the call isn't one that somebody is speaking in. */
export async function endCall(user: User, id: string): Promise<boolean> {
  const ended = await transition((t) => Call.end(t, [id], { from: ['answered'], actorId: user.id }))
  return ended === 1
}

/** Ends calls in which nobody speaks any more: their visits have ended, or they led to none long ago. */
export async function endFinishedCalls(): Promise<void> {
  await transition(async (t) => {
    const over: { id: string }[] = await t.trx
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
      .limit(BATCH)
      .select('id')
    await Call.end(
      t,
      over.map((call) => call.id),
      { from: ['answered'] }
    )
  })
}
