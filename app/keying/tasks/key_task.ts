import vine from '@vinejs/vine'
import { addressDoubts } from '#app/catalog/addresses/postcode_fits'
import { examplesByField } from '#app/catalog/keying_guide'
import { snippetOfTask } from '#app/keying/tasks/snippet_of_task'
import { checkEntry, saveEntry } from '#app/keying/save_entry'
import { shownRetractable } from '#app/keying/shown_retractable'
import { takeBack } from '#app/keying/take_back'
import { unconfirmed } from '#app/keying/unconfirmed'
import { latestDraft } from '#app/tasks/latest_draft'
import { submissionOf } from '#app/tasks/own_assignment'
import type { TaskKind } from '#app/tasks/task_kind'
import { asTexts, texts } from '#app/tasks/texts'

const entryValidator = vine.create({
  values: texts().optional(),
  sure: vine.boolean().optional(),
  asked: texts().optional(),
})

/** One group of fields is keyed from its picture, by somebody who doesn't see the other keyer. */
export const keyTask: TaskKind = {
  name: 'key',
  label: 'tasks.kind_key',
  permission: 'values.key',
  atHome: true,
  inPasses: true,
  view: 'keying/key',
  picture: snippetOfTask,
  retraction: { last: shownRetractable, take: takeBack },

  async draftKey(assignment) {
    return (await submissionOf(assignment)).submission.dataKeyId
  },

  async screen(_ctx, assignment) {
    const { submission, version } = await submissionOf(assignment)
    return {
      version,
      group: version.group(assignment.task.groupKey),
      examples: examplesByField(version.description.guide),
      values: (await latestDraft(assignment, submission.dataKeyId)).values ?? {},
      retractable: await shownRetractable(assignment.userId),
    }
  },

  async finish({ request }, assignment) {
    const input = await request.validateUsing(entryValidator)
    const { version } = await submissionOf(assignment)
    const typed = asTexts(input.values)
    const group = version.group(assignment.task.groupKey)
    const checked = checkEntry(group, typed)
    const { values } = checked
    const doubts = await addressDoubts(group.fields, (key) => values[key] ?? '')
    const problems = { ...doubts, ...checked.problems }
    if (unconfirmed(problems, typed, input.sure ? asTexts(input.asked) : undefined))
      return { then: 'again', shown: { values: typed, problems } }
    const saved = await saveEntry(assignment, values, { retractable: true })
    return { then: !saved.ok && saved.reason === 'late' ? 'late' : 'next' }
  },
}
