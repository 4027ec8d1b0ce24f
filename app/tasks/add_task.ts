import type { HomeRule } from '#app/catalog/description'
import { RAISED } from '#app/tasks/plans/follow_priority'
import { IS_PAUSED } from '#app/tasks/pauses'
import { taskKinds } from '#app/tasks/task_kind'
import { newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

export interface NewTask {
  /** name of its `TaskKind` */
  kind: string
  subject: { type: string; id: string }
  /** whom it is about, where that is known: who is protected is for named staff */
  submissionId: string | null
  clientId: string
  /** what a home worker's exposures are linked by */
  linkageId: string
  /** whether it may be done at home as well, where its kind may */
  mayBeAtHome?: boolean
  links?: HomeRule
  groupKey?: string
  round?: number
  pass?: number
  /** who does it must have it */
  skill?: string
  /** people to whom it isn't given: they are a party to it */
  notFor?: string[]
  priority?: number
  dueOn?: string
  /** is given to nobody before so many minutes */
  afterMinutes?: number
}

/** Adds a unit of work unless it is there already. */
export async function addTask(t: Transition, task: NewTask): Promise<void> {
  await addTasks(t, [task])
}

/** Adds units of work, but none that is there already. */
export async function addTasks(t: Transition, tasks: NewTask[]): Promise<void> {
  if (tasks.length === 0) return
  await t.trx
    .knexQuery()
    .insert(
      tasks.map((task) => ({
        id: newId(),
        client_id: task.clientId,
        subject_type: task.subject.type,
        subject_id: task.subject.id,
        submission_id: task.submissionId,
        kind: task.kind,
        group_key: task.groupKey ?? '',
        round: task.round ?? 1,
        pass: task.pass ?? 1,
        linkage_id: task.linkageId,
        not_for: task.notFor ?? [],
        ...placeOf(t, task),
        available_at: t.trx.knexRawQuery('now() + make_interval(mins => ?)', [
          task.afterMinutes ?? 0,
        ]),
      }))
    )
    .into('tasks')
    .onConflict(['subject_type', 'subject_id', 'kind', 'group_key', 'round', 'pass'])
    .ignore()
}

/** The place, the people and the turn in which a unit of work is done, as it is now. */
export function placeOf(t: Transition, task: NewTask) {
  return {
    site: task.mayBeAtHome && taskKinds.get(task.kind).atHome ? 'any' : 'center',
    links: task.links ?? 'never',
    skill: task.skill ?? null,
    held: task.submissionId ? t.trx.knexRawQuery(IS_PAUSED, [task.submissionId]) : false,
    priority: task.submissionId
      ? t.trx.knexRawQuery(`? + ${RAISED}`, [task.priority ?? 0, task.submissionId])
      : (task.priority ?? 0),
    raised: task.submissionId ? t.trx.knexRawQuery(RAISED, [task.submissionId]) : 0,
    due_on: task.dueOn ?? null,
  }
}
