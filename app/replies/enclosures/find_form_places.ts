import EnclosedForm, { type FormRefusal } from '#app/replies/enclosures/enclosed_form'
import type { FormPlace } from '#app/replies/enclosures/form_place'
import { fillsIn } from '#app/replies/enclosures/enclosing_of'
import type { OwnPaper, Place } from '#app/catalog/description'
import { isNumberPlace } from '#app/reading/layout/guess_field'
import { openPaper } from '#app/reading/layout/open_paper'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { transition, type Transition } from '#app/core/transition'

/** Nobody puts more into an envelope with a letter. */
export const MAX_FORM_PAGES = 4
const PDF = '%PDF-'
/** Bytes within which the mark of a PDF stands. */
const MARKED_WITHIN = 1024

type Found = { ok: true; ownPaper: OwnPaper; blanks: Buffer[] } | { ok: false; reason: FormRefusal }

/**
 * Finds the places of a form that goes with a letter: its own fields, or what its print offers. A form that can't be used
 * stays with the reason until another is handed in.
 */
export async function findFormPlaces(id: string): Promise<void> {
  await withClaim('enclosed_form', id, 'received', async (attempt) => {
    const form = await EnclosedForm.findOrFail(id)
    const found: Found =
      attempt > MAX_ATTEMPTS
        ? { ok: false, reason: 'broken' }
        : await look(form.file!, (done, pages) => notifyProgress(form, done, pages))
    await transition((t) => keep(t, id, found))
  })
}

async function look(
  file: Buffer,
  onPage: (done: number, pages: number) => Promise<void>
): Promise<Found> {
  if (!file.subarray(0, MARKED_WITHIN).includes(PDF)) return { ok: false, reason: 'not_pdf' }
  const opened = await openPaper(file, onPage)
  if (!opened.ok) return opened
  const { blanks } = opened.paper
  if (blanks.length > MAX_FORM_PAGES) return { ok: false, reason: 'too_many_pages' }
  if (!(await fillsIn(file, blanks.length))) return { ok: false, reason: 'not_filled' }
  return { ok: true, ownPaper: opened.ownPaper, blanks }
}

async function keep(t: Transition, id: string, found: Found): Promise<void> {
  const form = await EnclosedForm.query({ client: t.trx }).where('id', id).forUpdate().first()
  if (!form || form.state !== 'received') return
  if (found.ok) {
    await t.trx
      .table('enclosed_form_pages')
      .multiInsert(
        found.blanks.map((picture, index) => ({ form_id: id, number: index + 1, picture }))
      )
    const { pages, places } = found.ownPaper
    // A My Number is never printed: its places aren't offered.
    const offered = places.filter((place) => !isNumberPlace(place))
    await form.find(t, { pages, places: offered.map(asFormPlace) })
  } else await form.refuse(t, found.reason)
  t.announce(`letter-templates/${form.templateId}`)
}

/** Nothing is said yet of what comes there. */
function asFormPlace({ id, kind, page, x, y, width, height, cells, label }: Place): FormPlace {
  return { id, kind, page, x, y, width, height, label, ...(cells ? { cells } : {}) }
}

async function notifyProgress(
  { id, templateId }: EnclosedForm,
  done: number,
  pages: number
): Promise<void> {
  await transition(async (t) => {
    await t.trx
      .from('enclosed_forms')
      .where('id', id)
      .update({ pages_total: pages, pages_done: done })
    t.announce(`letter-templates/${templateId}`)
  })
}
