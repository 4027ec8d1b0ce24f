import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { kindOf, show } from '#app/catalog/field_values'
import { byHandOf, looksLike, plainNumber } from '#app/handover/connectors/by_hand/by_hand_rules'
import {
  finishRegistering,
  type RegisterOutcome,
} from '#app/handover/connectors/by_hand/finish_registering'
import { wasRestored } from '#app/core/standstill'
import { earlierReference } from '#app/handover/earlier_reference'
import Handover from '#app/handover/handover'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { latestDraft } from '#app/tasks/latest_draft'
import type Assignment from '#app/tasks/assignment'
import { submissionOf } from '#app/tasks/own_assignment'
import type { TaskKind } from '#app/tasks/task_kind'

const resultValidator = vine.create({
  outcome: vine.enum(['registered', 'canceled', 'full', 'rejected', 'later'] as const),
  known: vine.string().maxLength(100).optional(),
  values: vine
    .object({
      number: vine.string().maxLength(100).nullable().optional(),
      again: vine.string().maxLength(100).nullable().optional(),
    })
    .optional(),
})

async function registering(assignment: Assignment) {
  const handover = await Handover.findOrFail(assignment.task.subjectId)
  const { submission, version } = await submissionOf(assignment)
  return { handover, submission, version, rules: byHandOf(version.description.handover) }
}

/** Something is registered by hand in a site of others: at the center alone, where nothing is kept from who works. */
export const registerTask: TaskKind = {
  name: 'register',
  label: 'tasks.kind_register',
  permission: 'values.key',
  view: 'handover/register',

  async draftKey(assignment) {
    return (await registering(assignment)).submission.dataKeyId
  },

  async screen({ locale }, assignment) {
    const { handover, submission, version, rules } = await registering(assignment)
    const value = valueIn((await latestValues(submission))?.values)
    const draft = await latestDraft(assignment, submission.dataKeyId)
    const begun: unknown = await db
      .from('assignments')
      .where('task_id', assignment.taskId)
      .whereNot('id', assignment.id)
      .first()
    return {
      receipt: submission.receipt,
      service: version.description.name,
      rules,
      steps: rules.steps.map(({ text, fields }) => ({
        text,
        values: fields.map((key) => {
          const field = version.field(key)
          const shown = show(field, value(key), locale)
          return {
            key,
            label: field.label,
            // The city's sites speak Japanese, whatever language who copies reads.
            value: kindOf(field).paper === 'marks' ? show(field, value(key), 'ja') : value(key),
            shown,
          }
        }),
      })),
      mode: assignment.task.groupKey,
      known:
        handover.state === 'canceling' ? handover.reference : await earlierReference(db, handover),
      wasBegun: begun !== null,
      wasRestored: await wasRestored(handover.createdAt),
      values: draft.values ?? {},
    }
  },

  async finish({ auth, request }, assignment) {
    const [problems, input] = await resultValidator.tryValidate(request.all())
    if (problems) return { then: 'again', shown: { problem: 'handover.choose_outcome' } }
    const shown = { values: input.values ?? {} }
    const outcome = await outcomeOf(assignment, input)
    if ('problem' in outcome) return { then: 'again', shown: { ...shown, ...outcome } }
    const registered = await finishRegistering(auth.getUserOrFail(), assignment, outcome)
    if (registered === 'doubled' || registered === 'unwanted')
      return { then: 'again', shown: { ...shown, problem: `handover.${registered}` } }
    return { then: registered === 'late' ? 'late' : 'next' }
  },
}

type Typed = {
  outcome: RegisterOutcome['kind']
  known?: string
  values?: { number?: string | null; again?: string | null }
}

/** Reads what came of it. A number is typed twice, and looks as the site's numbers do. */
async function outcomeOf(
  assignment: Assignment,
  { outcome, known, values }: Typed
): Promise<RegisterOutcome | { problem: string }> {
  const isBack = assignment.task.groupKey === 'cancel'
  // Each belongs to one of both alone; the site may not answer to either.
  if (isBack ? !['canceled', 'later'].includes(outcome) : outcome === 'canceled')
    return { problem: 'handover.choose_outcome' }
  if (outcome !== 'registered') return { kind: outcome }
  const { rules } = await registering(assignment)
  const number = plainNumber(values?.number ?? '')
  if (!number) return { problem: 'handover.number_missing' }
  if (number !== plainNumber(values?.again ?? '')) return { problem: 'handover.number_differs' }
  if (!looksLike(number, rules.number.example)) return { problem: 'handover.number_odd' }
  return { kind: outcome, number, known: known ?? null }
}
