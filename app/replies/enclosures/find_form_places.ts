import sharp from 'sharp'
import EnclosedForm, { type FormRefusal } from '#app/replies/enclosures/enclosed_form'
import { MAX_FORM_PAGES, type FormPlace } from '#app/replies/enclosures/form_place'
import { printedEmpty } from '#app/replies/enclosures/enclosing_of'
import type { OwnPaper, PageSize, Place } from '#app/catalog/description'
import { isNumberPlace } from '#app/reading/layout/guess_field'
import { sharedDecoder } from '#app/reading/decoding/shared_decoder'
import { openPaper } from '#app/reading/layout/open_paper'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { transition, type Transition } from '#app/core/transition'

const PDF = '%PDF-'
/** Degrees by which a scan may lie askew: at a page's end it is a millimeter. */
const MAX_ASKEW = 0.2
/** px, and levels of gray, at which two pictures of a page are compared */
const LOOKED_AT = { width: 600, level: 60 }
/** mm around a place that belong to it */
const BESIDE = 1.5
/** of a page: less is dust */
const MAX_DIFFERING = 0.0005
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
  const { pages, turned = [] } = opened.ownPaper
  if (turned.some((angle) => Math.abs(angle) > MAX_ASKEW)) return { ok: false, reason: 'turned' }
  const printed = await printedEmpty({ file, pages })
  if (!printed || !(await looksLike(printed, { ownPaper: opened.ownPaper, blanks })))
    return { ok: false, reason: 'not_filled' }
  return { ok: true, ownPaper: opened.ownPaper, blanks }
}

/**
 * Whether all that is seen on the pages of a form is printed, too: notes upon it, layers. Its places aren't looked at: fields
 * draw a frame of their own when they are printed.
 */
async function looksLike(
  printed: Buffer,
  { ownPaper, blanks }: { ownPaper: OwnPaper; blanks: Buffer[] }
): Promise<boolean> {
  const pages: Buffer[] = []
  const decoded = await sharedDecoder().decode(printed, async ({ jpeg }) => void pages.push(jpeg), {
    from: 2,
    max: 1 + blanks.length,
  })
  if (!decoded.ok || pages.length !== blanks.length) return false
  const shares = await Promise.all(
    blanks.map((blank, index) =>
      differing(blank, pages[index], {
        size: ownPaper.pages[index],
        places: ownPaper.places.filter(({ page }) => page === index + 1),
      })
    )
  )
  return shares.every((share) => share < MAX_DIFFERING)
}

/** Measures how much of two pictures of a page differs, 0 to 1; edges may lie a little beside each other. */
async function differing(
  one: Buffer,
  other: Buffer,
  { size, places }: { size: PageSize; places: Place[] }
): Promise<number> {
  const height = Math.round((LOOKED_AT.width * size.height) / size.width)
  const [first, second] = await Promise.all(
    [one, other].map((picture) =>
      sharp(picture)
        .grayscale()
        .resize(LOOKED_AT.width, height, { fit: 'fill' })
        .blur(2)
        .raw()
        .toBuffer()
    )
  )
  const { width } = LOOKED_AT
  const inMm = width / size.width
  const differ = first.filter((level, index) => {
    if (Math.abs(level - second[index]) <= LOOKED_AT.level) return false
    const [x, y] = [(index % width) / inMm, Math.floor(index / width) / inMm]
    return !places.some((place) => isWithin(place, x, y))
  })
  return differ.length / first.length
}

function isWithin({ x, y, width, height }: Place, atX: number, atY: number): boolean {
  return (
    atX > x - BESIDE && atX < x + width + BESIDE && atY > y - BESIDE && atY < y + height + BESIDE
  )
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
