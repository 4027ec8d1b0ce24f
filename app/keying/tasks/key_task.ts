import vine from '@vinejs/vine'
import { addressDoubts } from '#app/catalog/addresses/postcode_fits'
import { frozenVersion } from '#app/catalog/frozen_version'
import { examplesByField } from '#app/catalog/keying_guide'
import { entriesOf } from '#app/keying/entry'
import { fieldsOfPass, RECHECK_PASS } from '#app/keying/passes'
import { saveRecheck } from '#app/keying/rechecks/save_recheck'
import { snippetOfTask } from '#app/keying/tasks/snippet_of_task'
import { checkEntry, saveEntry } from '#app/keying/save_entry'
import { describeEntries } from '#app/keying/reopenable'
import { shownRetractable } from '#app/keying/shown_retractable'
import { takeBack } from '#app/keying/take_back'
import { unconfirmed } from '#app/keying/unconfirmed'
import { openSealer } from '#app/core/sealing'
import { latestDraft } from '#app/tasks/latest_draft'
import type Assignment from '#app/tasks/assignment'
import { submissionOf } from '#app/tasks/own_assignment'
import type { TaskKind } from '#app/tasks/task_kind'
import { asTexts, texts } from '#app/tasks/texts'

const entryValidator = vine.create({
  values: texts().optional(),
  sure: vine.boolean().optional(),
  asked: texts().optional(),
})

/** The group of a task, with the fields that its pass keys. */
async function groupOf(assignment: Assignment) {
  const { task } = assignment
  const { submission, version } = await submissionOf(assignment)
  const group = version.group(task.groupKey)
  if (task.pass === 1) return { submission, version, group }
  const sealer = await openSealer(submission.dataKeyId)
  const entries = (await entriesOf(submission.id, task.round, sealer)).filter(
    ({ groupKey }) => groupKey === group.key
  )
  return {
    submission,
    version,
    group: { ...group, fields: fieldsOfPass(group, task.pass, entries) },
  }
}

/** One group of fields is keyed from its picture, by somebody who doesn't see the other keyer. */
export const keyTask: TaskKind = {
  name: 'key',
  label: 'tasks.kind_key',
  permission: 'values.key',
  atHome: true,
  inPasses: true,
  ahead: true,
  view: 'keying/key',
  groups: {
    async name(serviceVersionId, groupKey) {
      const { description } = await frozenVersion(serviceVersionId)
      const group = description.groups.find(({ key }) => key === groupKey)
      return group ? { label: group.label, service: description.name } : null
    },
  },
  picture: snippetOfTask,
  retraction: { last: shownRetractable, take: takeBack, describe: describeEntries },

  async draftKey(assignment) {
    return (await submissionOf(assignment)).submission.dataKeyId
  },

  async screen(_ctx, assignment) {
    const { submission, version, group } = await groupOf(assignment)
    return {
      version,
      group,
      examples: examplesByField(version.description.guide),
      values: (await latestDraft(assignment, submission.dataKeyId)).values ?? {},
      retractable: await shownRetractable(assignment.userId),
    }
  },

  async finish({ request }, assignment) {
    const input = await request.validateUsing(entryValidator)
    const { group } = await groupOf(assignment)
    const typed = asTexts(input.values)
    const checked = checkEntry(group, typed)
    const { values } = checked
    const doubts = await addressDoubts(group.fields, (key) => values[key] ?? '')
    const problems = { ...doubts, ...checked.problems }
    if (unconfirmed(problems, typed, input.sure ? asTexts(input.asked) : undefined))
      return { then: 'again', shown: { values: typed, problems } }
    const saved =
      assignment.task.pass === RECHECK_PASS
        ? await saveRecheck(assignment, values)
        : await saveEntry(assignment, values, { retractable: true })
    return !saved.ok && saved.reason === 'late' ? { then: 'late', isKept: true } : { then: 'next' }
  },
}
