import db from '@adonisjs/lucid/services/db'
import type PrintRun from '#app/replies/print_runs/print_run'
import { type Transition } from '#app/core/transition'
import { addTask, type NewTask } from '#app/tasks/add_task'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { reopenAs } from '#app/tasks/reopen_tasks'
import { withdrawTasks } from '#app/tasks/withdraw_tasks'

/** A run was printed: its letters wait in the queue for somebody who puts them into their envelopes. */
export async function askToEnclose(t: Transition, { id, clientId }: PrintRun): Promise<void> {
  const task: NewTask = {
    kind: 'enclose',
    subject: { type: 'print_run', id },
    submissionId: null,
    clientId,
    linkageId: id,
  }
  await reopenAs(t, task)
  await addTask(t, task)
}

/** Nothing is to be enclosed of a run, for now. */
export async function leaveEnclosing(t: Transition, { id }: PrintRun): Promise<void> {
  await withdrawTasks(t, { type: 'print_run', id }, 'enclose')
}

/**
 * Counts printed sheets that are not yet in their envelopes; at none the run is enclosed.
 * @param assignment of who encloses: their task is done with the last
 */
export async function finishEnclosing(
  t: Transition,
  run: PrintRun,
  assignment?: Assignment
): Promise<number> {
  const { count } = await t.trx
    .from('sheets')
    .where({ print_run_id: run.id, state: 'printed' })
    .count('* as count')
    .firstOrFail()
  const left = Number(count)
  if (left === 0 && run.state === 'printed') {
    if (assignment) await endAssignment(t, assignment, 'done')
    await leaveEnclosing(t, run)
    await run.enclose(t)
  }
  return left
}

/** Counts how far the enclosing of a run is. */
export async function countEnclosing(runId: string): Promise<{ enclosed: number; all: number }> {
  const [counts]: { enclosed: number; all: number }[] = await db
    .from('sheets')
    .where('print_run_id', runId)
    .whereIn('state', ['printed', 'enclosed'])
    .select(
      db.raw(`count(*) filter (where state = 'enclosed')::int as enclosed`),
      db.raw('count(*)::int as all')
    )
  return counts
}
