import { handoverContext } from '#app/handover/handover_context'
import { typesetLetters } from '#app/printing/typeset_letters'
import { letterFaults, type LetterFaults } from '#app/replies/check_letter'
import { composeLetter } from '#app/replies/compose_letter'
import type { Letter } from '#app/replies/letter'
import Reply from '#app/replies/reply'
import { addTask } from '#app/work/add_task'
import { writeSealedFile } from '#app/shared/sealed_files'
import { openSealer, type Sealer } from '#app/shared/sealing'
import { transition, type Transition } from '#app/shared/transition'

/** What a reply's letter is bound to. */
export const letterPlace = (replyId: string) => `replies.inputs:${replyId}`
export const faultsPlace = (replyId: string) => `replies.missing_glyphs:${replyId}`

/** Composes and typesets a drafted reply. A letter that can't be printed as it is waits for a person. */
export async function prepareReply(replyId: string): Promise<void> {
  await transition(async (t) => {
    const draft = await Reply.query({ client: t.trx })
      .where({ id: replyId, state: 'drafted' })
      .first()
    if (!draft) return
    const handover: { id: string } = await t.trx
      .from('handovers')
      .where('revision_id', draft.revisionId)
      .select('id')
      .firstOrFail()
    const context = await handoverContext(t, handover.id)
    const reply = await Reply.query({ client: t.trx })
      .where({ id: replyId, state: 'drafted' })
      .forUpdate()
      .first()
    if (!reply || context.submission.state === 'erased') return
    const sealer = await openSealer(reply.dataKeyId, t.trx)
    const letter = await composeLetter(reply.kind, context, t.trx)
    await keepLetter(t, reply, sealer, letter, {
      submissionId: context.submission.id,
      linkageId: context.submission.linkageId,
    })
  })
}

/** Keeps a letter: ready with its PDF, or held with what is wrong. */
export async function keepLetter(
  t: Transition,
  reply: Reply,
  sealer: Sealer,
  letter: Letter,
  subject: { submissionId: string; linkageId: string; actorId?: string }
): Promise<LetterFaults | null> {
  const faults = letterFaults(letter)
  const inputs = sealer.sealJson(letterPlace(reply.id), letter)
  if (faults) {
    await reply
      .merge({
        inputs,
        missingGlyphs: sealer.sealJson(faultsPlace(reply.id), faults),
        state: 'held',
      })
      .save()
    await addTask(t, {
      kind: 'substitute',
      subject: { type: 'reply', id: reply.id },
      clientId: reply.clientId,
      linkageId: subject.linkageId,
      place: 'center',
      priority: 5,
    })
  } else {
    const { pdf, pages } = await typesetLetters([{ letter }], {
      accessible: true,
      product: reply.product === 'postcard' ? 'postcard' : 'letter',
    })
    const file = await writeSealedFile(sealer, 'letters', pdf)
    await reply.merge({ inputs, file, pages, missingGlyphs: null, state: 'ready' }).save()
  }
  t.record({
    verb: faults ? 'reply.held' : 'reply.ready',
    subject: { type: 'reply', id: reply.id },
    clientId: reply.clientId,
    submissionId: subject.submissionId,
    actorId: subject.actorId,
  })
  return faults
}
