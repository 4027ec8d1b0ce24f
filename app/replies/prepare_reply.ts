import { handoverContext } from '#app/handover/handover_context'
import { products } from '#app/replies/products/product'
import type { TypesetSheets } from '#app/replies/products/typeset_sheets'
import { mailInstead, usePaper } from '#app/replies/mails/mail_instead'
import { letterFaults, type LetterFaults } from '#app/replies/check_letter'
import { asCopy, copyToFamily } from '#app/replies/copy_to_family'
import { composeLetter } from '#app/replies/compose_letter'
import { askWhoIsMeant } from '#app/registry/contact_questions'
import { contactOf } from '#app/registry/contact'
import { wishesOf } from '#app/registry/wishes/wishes_of'
import type { Letter } from '#app/replies/letter'
import { faultsSealContext, letterSealContext } from '#app/replies/letter_seal_context'
import { stopReplies } from '#app/replies/stop_reply'
import { factsOf } from '#app/submissions/search_tokens'
import Reply from '#app/replies/reply'
import { addTask } from '#app/tasks/add_task'
import { writeSealedFile } from '#app/core/sealed_files'
import { openSealer, type Sealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/**
 * Composes and typesets a drafted reply, unless nothing may be sent to its person. A letter that can't be printed as it
 * is waits for a person; so does one to somebody who could be a protected person.
 */
export async function prepareReply(replyId: string): Promise<void> {
  await transition(async (t) => {
    const draft = await Reply.query({ client: t.trx })
      .where({ id: replyId, state: 'drafted' })
      .first()
    // Letters of a list are composed from the list.
    if (!draft?.revisionId) return
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
    const { submission, version, value } = context
    const { id: submissionId, clientId } = submission
    const facts = factsOf(version.description.person, value)
    const contact = await contactOf({ submissionId, clientId, facts }, t.trx)
    await askWhoIsMeant(t, submission, contact)
    if (contact.stop)
      return stopReplies(
        t,
        [{ id: reply.id, clientId: reply.clientId, submissionId: submission.id }],
        contact.stop
      )
    if (contact.maybe.some((one) => one.kind === 'protection'))
      return void (await Reply.hold(t, [reply.id]))
    const sealer = await openSealer(reply.dataKeyId, t.trx)
    const asked = { sealer, submission, version }
    const [wish] = await wishesOf([{ clientId, facts }], t.trx)
    const typeSize = wish?.row.typeSize ?? null
    const letter = await composeLetter(reply.kind, context, t.trx, contact, { typeSize })
    usePaper(reply)
    if (await mailInstead(t, reply, letter, { wish, contact, facts, ...asked })) return
    const sent = reply.relativeId ? await asCopy(t, reply, letter) : letter
    if (!sent) return void (await Reply.cancel(t, [reply.id]))
    const faults = await keepLetter(t, reply, sealer, sent, {
      submissionId: context.submission.id,
      linkageId: context.submission.linkageId,
    })
    if (!faults) await copyToFamily(t, reply)
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
  const change = {
    actorId: subject.actorId,
    submissions: new Map([[reply.id, [subject.submissionId]]]),
  }
  const inputs = sealer.sealJson(letterSealContext(reply.id), letter)
  const lacking = letterFaults(letter)
  const printed = lacking ? null : await print(letter, reply.product)
  const faults = lacking ?? (printed?.fits[0] ? null : OVERFLOW)
  if (faults || !printed) {
    await reply
      .merge({ inputs, missingGlyphs: sealer.sealJson(faultsSealContext(reply.id), faults) })
      .holdBack(t, change)
    await addTask(t, {
      kind: 'substitute',
      subject: { type: 'reply', id: reply.id },
      submissionId: subject.submissionId,
      clientId: reply.clientId,
      linkageId: subject.linkageId,
      priority: 5,
    })
  } else {
    const file = await writeSealedFile(sealer, 'letters', printed.pdf)
    await reply
      .merge({ inputs, file, pages: printed.pages, missingGlyphs: null })
      .makeReady(t, change)
  }
  return faults
}

const OVERFLOW: LetterFaults = { glyphs: [], address: [], window: true }

/** Whether address and name of a letter are too long for the window, however small they are set. */
export async function windowFault(letter: Letter, product: string): Promise<LetterFaults | null> {
  return (await print(letter, product)).fits[0] ? null : OVERFLOW
}

function print(letter: Letter, product: string): Promise<TypesetSheets> {
  const { typeset } = products.get(product)
  if (!typeset) throw new Error(`Product "${product}" isn't printed ahead`)
  return typeset([{ letter }], { accessible: true })
}
