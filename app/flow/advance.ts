import db from '@adonisjs/lucid/services/db'
import { STAGES } from '#app/flow/stages'
import { raiseAlarm } from '#app/shared/alarms'
import { machineFault } from '#app/shared/machine_fault'
import { SUBJECT_TABLES, type FlowSubject } from '#app/shared/subjects'

/** What a fault of the machine has stopped is tried again after so long (seconds). */
const AGAIN_AFTER_SECONDS = 30

/**
 * Does what a record is waiting for: looks at its state, takes the step of that stage, and clears its
 * `wake_at` unless something happened in between. Idempotent; nobody has to remember to call it. A fault of the
 * machine is told to everybody, and the record waits.
 */
export async function advance(subject: FlowSubject): Promise<void> {
  const table = SUBJECT_TABLES[subject.type]
  const before: { state: string; wake_at: unknown } | null = await db
    .from(table)
    .where('id', subject.id)
    .select('state', db.raw('wake_at::text as wake_at'))
    .first()
  if (!before) return
  const stage = STAGES.find((one) => one.subject === subject.type && one.state === before.state)
  try {
    await stage?.step(subject.id)
  } catch (error) {
    const fault = machineFault(error)
    if (!fault) throw error
    await raiseAlarm(fault)
    await db
      .from(table)
      .where({ id: subject.id, state: before.state })
      .update({ wake_at: db.raw(`now() + interval '${AGAIN_AFTER_SECONDS} seconds'`) })
    return
  }
  // Claimed work stays awake until it has moved on: whoever holds the claim may die.
  if (stage?.claimed) return
  // Woken again meanwhile: then it stays for the next turn.
  await db
    .from(table)
    .where({ id: subject.id, state: before.state })
    .whereRaw('wake_at::text is not distinct from ?', [String(before.wake_at)])
    .update({ wake_at: null })
}
