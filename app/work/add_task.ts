import type { DatabaseQueryBuilderContract } from '@adonisjs/lucid/types/querybuilder'
import type { HomeRule } from '#app/catalog/description'
import { newId } from '#app/shared/ids'
import type { Transition } from '#app/shared/transition'

export interface NewTask {
  /** name of its `TaskKind` */
  kind: string
  subject: { type: string; id: string }
  /** whom it is about, where that is known: who is protected is for named staff */
  submissionId: string | null
  clientId: string
  /** what a home worker's exposures are linked by */
  linkageId: string
  place: 'any' | 'center'
  links?: HomeRule
  groupKey?: string
  round?: number
  pass?: number
  priority?: number
  dueOn?: string
}

/** Adds a unit of work unless it is there already. */
export async function addTask(t: Transition, task: NewTask): Promise<void> {
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
      place: task.place,
      linkage_id: task.linkageId,
      links: task.links ?? 'never',
      priority: task.priority ?? 0,
      due_on: task.dueOn ?? null,
    })
    .into('tasks')
    .onConflict(['subject_type', 'subject_id', 'kind', 'group_key', 'round', 'pass'])
    .ignore()
}

/** Work on submissions that has been taken by somebody who may not see them any more goes back. */
export async function takeBackGuarded(t: Transition, submissionIds: string[]): Promise<void> {
  const ended: { task_id: string }[] = await t.trx
    .from('assignments')
    .whereIn(
      'task_id',
      t.trx
        .from('tasks')
        .where({ subject_type: 'submission', state: 'leased' })
        .whereIn('subject_id', submissionIds)
        .select('id')
    )
    .whereNotIn('user_id', t.trx.from('users').where('sees_protected', true).select('id'))
    .whereNull('ended_at')
    .update({ ended_at: t.trx.raw('now()'), ended_reason: 'withdrawn' })
    .returning(['task_id'])
  await t.trx
    .from('tasks')
    .whereIn(
      'id',
      ended.map((one) => one.task_id)
    )
    .update({ state: 'open' })
}

/** Withdraws all open and leased work about a submission. */
export async function withdrawAllTasks(t: Transition, submissionId: string): Promise<void> {
  await withdraw(t, t.trx.from('tasks').where('submission_id', submissionId))
}

/** Withdraws the open and leased work of a kind on a subject: there is nothing left to ask. */
export async function withdrawTasks(
  t: Transition,
  subject: { type: string; id: string },
  kind: string
): Promise<void> {
  const { type, id } = subject
  await withdraw(t, t.trx.from('tasks').where({ subject_type: type, subject_id: id, kind }))
}

async function withdraw(t: Transition, tasks: DatabaseQueryBuilderContract): Promise<void> {
  const withdrawn: { id: string }[] = await t.trx
    .from('tasks')
    .whereIn('id', tasks.select('id'))
    .whereIn('state', ['open', 'leased'])
    .update({ state: 'withdrawn' })
    .returning(['id'])
  await t.trx
    .from('assignments')
    .whereIn(
      'task_id',
      withdrawn.map((task) => task.id)
    )
    .whereNull('ended_at')
    .update({ ended_at: t.trx.raw('now()'), ended_reason: 'withdrawn' })
}
