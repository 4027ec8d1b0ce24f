import db from '@adonisjs/lucid/services/db'
import { centerOf } from '#app/people/center'
import { transition } from '#app/core/transition'

const TESTED = { subject_type: 'telephone', verb: 'telephone.tested' }

/** Keeps that a test message has come from the telephone system; it is no call. */
export async function keepTest(): Promise<void> {
  const clientId = await centerOf()
  await transition(async (t) =>
    t.recordOnly({
      verb: TESTED.verb,
      subject: { type: TESTED.subject_type, id: clientId },
      clientId,
    })
  )
}

/** Tells when the telephone system was heard last: a test, and a call that it told of. */
export async function lastHeard(): Promise<{ test: Date | null; call: Date | null }> {
  const test: { at: Date } | null = await db
    .from('events')
    .where({ ...TESTED, subject_id: await centerOf() })
    .orderBy('sequence', 'desc')
    .select('at')
    .first()
  const call: { at: Date } | null = await db
    .from('calls')
    .whereNotNull('external_id')
    .orderBy('at', 'desc')
    .select('at')
    .first()
  return { test: test?.at ?? null, call: call?.at ?? null }
}
