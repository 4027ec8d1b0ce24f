import vine from '@vinejs/vine'
import type { LetterFaults } from '#app/replies/check_letter'
import type { Letter } from '#app/replies/letter'
import { faultsSealContext, letterSealContext } from '#app/replies/letter_seal_context'
import Reply from '#app/replies/reply'
import { cancelLetter, substitute } from '#app/replies/substitute'
import { openSealer } from '#app/core/sealing'
import type { TaskKind } from '#app/tasks/task_kind'

const substitutionValidator = vine.create({
  no_letter: vine.boolean().optional(),
  postcode: vine.string().trim().maxLength(20).nullable(),
  address: vine.string().trim().maxLength(200).nullable(),
  name: vine.string().trim().maxLength(100).nullable(),
})

/** A letter can't go as it is: somebody says how its address is written, or that there is none. */
export const substituteTask: TaskKind = {
  name: 'substitute',
  label: 'tasks.kind_substitute',
  permission: 'letters.redirect',
  view: 'replies/substitute',

  async screen(_ctx, assignment) {
    const reply = await Reply.query()
      .where('id', assignment.task.subjectId)
      .preload('submissions')
      .firstOrFail()
    const sealer = await openSealer(reply.dataKeyId)
    return {
      letter: sealer.openJson<Letter>(letterSealContext(reply.id), reply.inputs!),
      faults: reply.missingGlyphs
        ? sealer.openJson<LetterFaults>(faultsSealContext(reply.id), reply.missingGlyphs)
        : null,
      submission: reply.submissions[0],
    }
  },

  async finish({ auth, request }, assignment) {
    const input = await request.validateUsing(substitutionValidator)
    const user = auth.getUserOrFail()
    if (input.no_letter) return { then: (await cancelLetter(user, assignment)) ? 'next' : 'late' }
    const to = {
      postcode: input.postcode ?? '',
      address: input.address ?? '',
      name: input.name ?? '',
    }
    const done = await substitute(user, assignment, to)
    if (!done.ok && done.reason === 'faults')
      return { then: 'again', shown: { faults: done.faults, to } }
    return { then: done.ok ? 'next' : 'late' }
  },
}
