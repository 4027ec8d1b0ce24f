import vine from '@vinejs/vine'
import { countOf, endPackIfDone, packOf } from '#app/batches/packs/pack_progress'
import { madeBy } from '#app/batches/pieces/answer_files'
import { pieceShown } from '#app/batches/pieces/piece_shown'
import { saveAnswer } from '#app/batches/pieces/save_answer'
import Piece from '#app/batches/pieces/piece'
import { MAX_LONG_TEXT } from '#app/catalog/fields/long_text'
import { checkEntry } from '#app/keying/save_entry'
import { unconfirmed } from '#app/keying/unconfirmed'
import { latestDraft } from '#app/tasks/latest_draft'
import { leaseOfPack, nextPromised } from '#app/tasks/promised_tasks'
import type { TaskKind } from '#app/tasks/task_kind'
import { asTexts, texts } from '#app/tasks/texts'

const answerValidator = vine.create({
  values: texts(MAX_LONG_TEXT).optional(),
  sure: vine.boolean().optional(),
  asked: texts(MAX_LONG_TEXT).optional(),
  cannot: vine.string().trim().maxLength(300).nullable().optional(),
  unable: vine.boolean().optional(),
})

/** A piece of work that a leader has defined is answered; where it is checked, by a second person blind to the first. */
export const pieceTask: TaskKind = {
  name: 'piece',
  label: 'batches.kind_piece',
  permission: 'values.key',
  atHome: true,
  inPasses: true,
  inPacks: true,
  view: 'batches/piece',

  async draftKey({ task }) {
    return (await Piece.findOrFail(task.subjectId)).dataKeyId
  },

  async screen(_ctx, assignment) {
    const shown = await pieceShown(assignment.task.subjectId)
    const { values = {} } = await latestDraft(assignment, shown.piece.dataKeyId)
    return {
      ...{ ...shown, values, cannot: '' },
      made: await madeBy(assignment.userId, shown.piece),
      pack: await countOf(assignment.task.packId),
    }
  },

  async finish({ request }, assignment) {
    const input = await request.validateUsing(answerValidator)
    const { batch, fields, piece, stopped } = await pieceShown(assignment.task.subjectId)
    const typed = asTexts(input.values)
    if (input.unable && !input.cannot && !stopped)
      return { then: 'again', shown: { values: typed, problem: 'batches.say_why' } }
    const checked = checkEntry({ fields }, typed)
    const confirmed = input.sure ? asTexts(input.asked) : undefined
    if (!input.unable && !stopped && unconfirmed(checked.problems, typed, confirmed))
      return { then: 'again', shown: { values: typed, problems: checked.problems } }
    if (!input.unable && !stopped && batch.definition.files) {
      const made = await madeBy(assignment.userId, piece)
      if (made.length === 0)
        return { then: 'again', shown: { values: typed, problem: 'batches.file_missing' } }
    }
    // What was typed before a stop came is the leader's to look at.
    const given = stopped
      ? { cannot: stopped, ...(input.values ? { values: checked.values } : {}) }
      : input.unable
        ? { cannot: input.cannot! }
        : { values: checked.values }
    if ((await saveAnswer(assignment, batch, given)) === 'late')
      return { then: 'late', isKept: true }
    const pack = await packOf(assignment.task.packId)
    if (!pack) return { then: 'leave', notice: 'batches.answer_kept', path: '/work' }
    await endPackIfDone(pack.id)
    // Sent a second time: the next one is at hand already.
    const current = await leaseOfPack(assignment.userId, pack.id)
    const taskId = current?.taskId ?? (await nextPromised(pack.id))
    return {
      then: 'next',
      wanted: { packId: pack.id, taskId: taskId ?? assignment.taskId },
      otherwise: `/work/packs/${pack.id}`,
    }
  },
}
