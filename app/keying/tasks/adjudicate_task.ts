import db from '@adonisjs/lucid/services/db'
import vine from '@vinejs/vine'
import { show, typed } from '#app/catalog/field_values'
import { runsOf, variantsBetween } from '#app/catalog/fields/variants'
import { adjudicate, checkDecisions, type Decision } from '#app/keying/adjudicate'
import { compareEntries, type Comparison } from '#app/keying/compare_entries'
import { decisionsOf } from '#app/keying/decisions_of'
import { entriesOf } from '#app/keying/entry'
import { snippetOfTask } from '#app/keying/tasks/snippet_of_task'
import { unconfirmed } from '#app/keying/unconfirmed'
import { readingsOf } from '#app/intake/readings_of'
import { openSealer } from '#app/core/sealing'
import { latestDraft } from '#app/tasks/latest_draft'
import { submissionOf } from '#app/tasks/own_assignment'
import type { TaskKind } from '#app/tasks/task_kind'
import { asTexts, texts } from '#app/tasks/texts'

const adjudicationValidator = vine.create({
  chosen: vine.record(vine.string()).optional(),
  typed: texts().optional(),
  sure: vine.boolean().optional(),
  asked: texts().optional(),
})

/** Two keyers disagree: somebody else decides field by field. */
export const adjudicateTask: TaskKind = {
  name: 'adjudicate',
  label: 'tasks.kind_adjudicate',
  permission: 'values.decide',
  decides: true,
  notAfter: 'key',
  view: 'keying/adjudicate',
  picture: snippetOfTask,

  async draftKey(assignment) {
    return (await submissionOf(assignment)).submission.dataKeyId
  },

  async screen({ locale }, assignment) {
    const { submission, version } = await submissionOf(assignment)
    const { task } = assignment
    const group = version.group(task.groupKey)
    const sealer = await openSealer(submission.dataKeyId)
    const entries = (await entriesOf(submission.id, task.round, sealer)).filter(
      (entry) => entry.groupKey === task.groupKey
    )
    const comparisons = compareEntries(group, entries)
    const draft = await latestDraft(assignment, submission.dataKeyId)
    const decisions = decisionsOf(draft.chosen ?? {}, draft.typed ?? {})
    return {
      version,
      group,
      entries,
      comparisons,
      readings: await readingsOf(submission.id, db),
      show,
      differences: differencesIn(comparisons, locale === 'ja' ? 'ja' : 'en'),
      typed,
      decisions,
      focused: comparisons.find((one) => !one.agreed && !decisions[one.field.key])?.field.key,
      receipt: submission.receipt,
    }
  },

  async finish({ auth, request }, assignment) {
    const input = await request.validateUsing(adjudicationValidator)
    const { version } = await submissionOf(assignment)
    const decisions = decisionsOf(input.chosen ?? {}, asTexts(input.typed))
    const problems = checkDecisions(version, decisions)
    const asked = input.sure ? asTexts(input.asked) : undefined
    if (unconfirmed(problems, textsOf(decisions), asked))
      return { then: 'again', shown: { decisions, problems } }
    const done = await adjudicate(auth.getUserOrFail(), assignment, decisions)
    if (!done.ok && done.reason === 'incomplete') {
      const missing = Object.fromEntries(done.missing.map((field) => [field, 'undecided']))
      return { then: 'again', shown: { decisions, problems: missing } }
    }
    return { then: done.ok ? 'next' : 'late' }
  },
}

/** Finds what differs between the entries of each field that isn't agreed on, as they are shown, and forms of one character. */
function differencesIn(comparisons: Comparison[], locale: 'ja' | 'en') {
  return new Map(
    comparisons
      .filter(({ agreed }) => !agreed)
      .map(({ field, entries }) => {
        const shown = entries.map(({ values }) => show(field, values[field.key] ?? '', locale))
        const runs = shown.map((text, index) => runsOf(text, shown.toSpliced(index, 1)))
        return [field.key, { runs, variants: variantsBetween(shown) }]
      })
  )
}

/** Returns what each decision would make the value, or which entry it takes. */
function textsOf(decisions: Record<string, Decision>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(decisions).map(([field, decision]) => [
      field,
      ('typed' in decision ? decision.typed : decision.entryId) ?? '',
    ])
  )
}
