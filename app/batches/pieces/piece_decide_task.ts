import vine from '@vinejs/vine'
import { leftOutWords } from '#app/batches/left_out_words'
import { answersOf, differing } from '#app/batches/pieces/answers_of'
import { madeBy } from '#app/batches/pieces/answer_files'
import { decidePiece } from '#app/batches/pieces/decide_piece'
import { pieceShown } from '#app/batches/pieces/piece_shown'
import { MAX_LONG_TEXT } from '#app/catalog/fields/long_text'
import { checkEntry } from '#app/keying/save_entry'
import { unconfirmed } from '#app/keying/unconfirmed'
import { openSealer } from '#app/core/sealing'
import Piece from '#app/batches/pieces/piece'
import { latestDraft } from '#app/tasks/latest_draft'
import type Assignment from '#app/tasks/assignment'
import type { TaskKind } from '#app/tasks/task_kind'
import { asTexts, texts } from '#app/tasks/texts'

const decisionValidator = vine.create({
  values: texts(MAX_LONG_TEXT).optional(),
  sure: vine.boolean().optional(),
  asked: texts(MAX_LONG_TEXT).optional(),
  instead: vine.enum(['again', 'leave_out'] as const).optional(),
  why: vine.string().trim().maxLength(300).nullable().optional(),
})

/** Opens a piece with what was answered to it. */
async function shownWithAnswers(assignment: Assignment, seesProtected: boolean) {
  const shown = await pieceShown(assignment.task.subjectId)
  if (shown.isApart && !seesProtected)
    return { ...shown, given: [], answers: [], differs: [], values: {} }
  const answers = await answersOf(shown.piece, await openSealer(shown.piece.dataKeyId))
  const [one, other] = answers.map(({ values }) => values)
  const differs = one && other ? differing(shown.fields, one, other) : []
  const agreed = one && other ? one : {}
  return {
    ...shown,
    answers,
    differs,
    values: Object.fromEntries(
      shown.fields.map(({ key }) => [key, differs.includes(key) ? '' : (agreed[key] ?? '')])
    ),
  }
}

/** Answers to a piece differ, or somebody couldn't do it: a leader decides. */
export const pieceDecideTask: TaskKind = {
  name: 'piece_decide',
  label: 'batches.kind_piece_decide',
  permission: 'values.decide',
  decides: true,
  notAfter: 'piece',
  view: 'batches/decide',

  async draftKey({ task }) {
    return (await Piece.findOrFail(task.subjectId)).dataKeyId
  },

  async screen({ auth, i18n }, assignment) {
    const { seesProtected } = auth.getUserOrFail()
    const leftOut = (reason: string) => leftOutWords(i18n, reason)
    const shown = await shownWithAnswers(assignment, seesProtected === true)
    const draft = await latestDraft(assignment, shown.piece.dataKeyId)
    return {
      ...{ ...shown, values: { ...shown.values, ...draft.values }, leftOut, why: '' },
      made: await madeBy(assignment.userId, shown.piece),
    }
  },

  async finish({ request }, assignment) {
    const input = await request.validateUsing(decisionValidator)
    const { batch, fields, piece } = await pieceShown(assignment.task.subjectId)
    const typed = asTexts(input.values)
    if (input.instead) {
      const { why } = input
      if (!why) return { then: 'again', shown: { values: typed, problem: 'batches.say_why' } }
      const decision = input.instead === 'again' ? { again: why } : { leaveOut: why }
      return { then: (await decidePiece(assignment, batch, decision)) ? 'next' : 'late' }
    }
    const checked = checkEntry({ fields }, typed)
    const confirmed = input.sure ? asTexts(input.asked) : undefined
    if (unconfirmed(checked.problems, typed, confirmed))
      return { then: 'again', shown: { values: typed, problems: checked.problems } }
    if (batch.definition.files && (await madeBy(assignment.userId, piece)).length === 0)
      return { then: 'again', shown: { values: typed, problem: 'batches.file_missing' } }
    const isDecided = await decidePiece(assignment, batch, { values: checked.values })
    return { then: isDecided ? 'next' : 'late' }
  },
}
