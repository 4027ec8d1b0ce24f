import type { HomeRule } from '#app/catalog/description'
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
  priority?: number
  dueOn?: string
}

/** Adds a unit of work unless it is there already. */
export async function addTask(t: Transition, task: NewTask): Promise<void> {
  const kind = taskKinds.get(task.kind)
  await t.trx
    .knexQuery()
    .insert({
      id: newId(),
      client_id: task.clientId,
      subject_type: task.subject.type,
      subject_id: task.subject.id,
      submission_id: task.submissionId,
      kind: task.kind,
      group_key: task.groupKey ?? '',
      round: task.round ?? 1,
      pass: task.pass ?? 1,
      site: task.mayBeAtHome && kind.atHome ? 'any' : 'center',
      linkage_id: task.linkageId,
      links: task.links ?? 'never',
      priority: task.priority ?? 0,
      due_on: task.dueOn ?? null,
    })
    .into('tasks')
    .onConflict(['subject_type', 'subject_id', 'kind', 'group_key', 'round', 'pass'])
    .ignore()
}
