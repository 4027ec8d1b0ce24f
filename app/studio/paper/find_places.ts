import { putDraftPaper } from '#app/studio/draft_paper'
import ServiceDraft from '#app/studio/service_draft'
import BlankForm from '#app/studio/paper/blank_form'
import { openPaper, type OpenedPaper } from '#app/reading/layout/open_paper'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { transition, type Transition } from '#app/core/transition'

/**
 * Finds where answers go on a form that was handed in, and puts it under its draft. A form that can't be used stays
 * with the reason until another is handed in.
 */
export async function findPlaces(id: string): Promise<void> {
  await withClaim('blank_form', id, 'received', async (attempt) => {
    const blank = await BlankForm.findOrFail(id)
    const opened: OpenedPaper =
      attempt > MAX_ATTEMPTS
        ? { ok: false, reason: 'broken' }
        : await openPaper(blank.file!, (done, pages) => notifyProgress(blank, done, pages))
    await transition((t) => keep(t, blank, opened))
  })
}

async function keep(t: Transition, { id, slug }: BlankForm, opened: OpenedPaper): Promise<void> {
  // The draft's row first, as everybody who changes it does.
  const draft = await ServiceDraft.query({ client: t.trx }).where('slug', slug).forUpdate().first()
  const blank = await BlankForm.query({ client: t.trx }).where('id', id).forUpdate().first()
  if (!draft || !blank) return
  if (opened.ok) {
    const files = { ...draft.files, ownPaper: opened.ownPaper }
    await draft.merge({ files, changedBy: blank.uploadedBy }).save()
    await putDraftPaper(t.trx, slug, opened.paper)
    await blank.delete()
    t.record({
      verb: 'blank_form.found',
      subject: { type: 'blank_form', id },
      clientId: blank.clientId,
      detail: { places: opened.ownPaper.places.length },
    })
  } else await blank.refuse(t, opened.reason)
  t.announce(`drafts/${slug}`)
}

async function notifyProgress({ id, slug }: BlankForm, done: number, pages: number): Promise<void> {
  await transition(async (t) => {
    await t.trx.from('blank_forms').where('id', id).update({ pages, pages_done: done })
    t.announce(`drafts/${slug}`)
  })
}
