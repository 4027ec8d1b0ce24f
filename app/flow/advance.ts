import db from '@adonisjs/lucid/services/db'
import { STAGES } from '#app/flow/stages'
import { raiseAlarm } from '#app/core/alarms'
import { machineFault } from '#app/core/machine_fault'
import { flowSubjects, type FlowSubject } from '#app/core/subjects'

/** The time after which what a fault of the machine has stopped is tried again (seconds). */
const AGAIN_AFTER_SECONDS = 30

/**
 * Does what a record is waiting for: looks at its state, takes the step of that stage, and ends the wakes that were
 * there before; those that came in between stay for the next turn. Idempotent; nobody has to remember to call it. A
 * fault of the machine is told to everybody, and the record waits.
 */
export async function advance(subject: FlowSubject): Promise<void> {
  const { type, id } = subject
  const wakes = db.from('wakes').where({ subject_type: type, subject_id: id })
  // Seen before the state is: whoever changes it afterwards leaves a newer one.
  const rows: { id: number }[] = await wakes.clone().select('id')
  const seen = rows.map((row) => row.id)
  const before = await stateOf(subject)
  const stage = STAGES.find((one) => one.subject === type && one.state === before)
  try {
    await stage?.step(id)
  } catch (error) {
    const fault = machineFault(error)
    if (!fault) throw error
    await raiseAlarm(fault)
    await wakes
      .clone()
      .whereIn('id', seen)
      .update({ at: db.raw(`now() + interval '${AGAIN_AFTER_SECONDS} seconds'`) })
    return
  }
  // Claimed work stays awake until it has moved on: whoever holds the claim may die.
  if (stage?.claimed && (await stateOf(subject)) === before) return
  await wakes.clone().whereIn('id', seen).whereRaw('at <= now()').delete()
}

/** Undefined where there is no such record (any more). */
async function stateOf({ type, id }: FlowSubject): Promise<string | undefined> {
  const { table, state = 'state' } = flowSubjects.get(type)
  const row: { state: string } | null = await db
    .from(table)
    .where('id', id)
    .select(db.raw(`${state} as state`))
    .first()
  return row?.state
}
