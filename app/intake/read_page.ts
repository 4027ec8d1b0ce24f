import { addressDoubts } from '#app/catalog/addresses/postcode_fits'
import app from '@adonisjs/core/services/app'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import Page from '#app/intake/page'
import { cutSnippets, keepSnippets } from '#app/intake/keep_snippets'
import { askForOtherSide } from '#app/intake/ask_for_other_side'
import { openPicture, toJpeg } from '#app/reading/gray_image'
import type { FieldReading } from '#app/reading/read_field'
import { findOwnPages } from '#app/reading/own_forms'
import { findForm, type PaperForm } from '#app/reading/paper_form'
import { featuresOf } from '#app/reading/print_features'
import { likenessOf, registerPrint } from '#app/reading/register_print'
import { readFields, readPicture, type PictureResult } from '#app/reading/read_picture'
import { shippedRules } from '#app/reading/shipped_rules'
import { keepReadings } from '#app/reading/keep_readings'
import { Recognizer } from '#app/reading/recognizer'
import { registerPage, type Registered } from '#app/reading/register_page'
import { doomFiles } from '#app/core/doomed_files'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { readSealedFile, writeSealedFile } from '#app/core/sealed_files'
import { openSealer, type Sealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/** Reads a decoded page by machine: which form it is, and what stands in its boxes. May be done again. */
export async function readPage(pageId: string): Promise<void> {
  await withClaim('page', pageId, 'pending', async (attempt) => {
    const page = await Page.findOrFail(pageId)
    const sealer = await openSealer(page.dataKeyId)
    if (page.serviceVersionId) return readAsSaid(page, sealer, attempt <= MAX_ATTEMPTS)
    const result: PictureResult =
      attempt > MAX_ATTEMPTS ? { ok: false, reason: 'unreadable' } : await read(page, sealer)
    if (result.ok) await keepRead(page, sealer, result)
    else await askWhatItIs(page, result.reason)
  })
}

async function read(page: Page, sealer: Sealer): Promise<PictureResult> {
  const picture = await openPicture(await readSealedFile(sealer, page.image))
  return readPicture(
    picture,
    { find: findForm, own: () => findOwnPages(page.clientId), ...(await machine()) },
    page.dpi
  )
}

/** The text engine, and what of its readings may be offered. */
async function machine() {
  return {
    recognizer: await app.container.make(Recognizer),
    rules: await shippedRules(),
    check: addressDoubts,
  }
}

async function keepRead(
  page: Page,
  sealer: Sealer,
  result: Extract<PictureResult, { ok: true }>
): Promise<void> {
  const version = await ServiceVersion.query()
    .where('number', result.code.version)
    .whereIn('serviceId', (services) =>
      services
        .from('services')
        .where({ slug: result.code.service, client_id: page.clientId })
        .select('id')
    )
    .first()
  // Another client's form in this client's post: a person looks at it.
  if (!version) return askWhatItIs(page, 'other_client')
  const side = { version, formPage: result.code.page, laidOut: result.page }
  await keep(page, sealer, side, result.fields, async (open, t) => {
    open.merge({
      serviceVersionId: version.id,
      copyId: result.code.copy,
      formPage: result.code.page,
    })
    await open.read(t)
  })
}

/** A person has said which form and side it is. Without its corners it stays one picture. */
async function readAsSaid(page: Page, sealer: Sealer, byMachine: boolean): Promise<void> {
  const version = await ServiceVersion.findOrFail(page.serviceVersionId!)
  const { slug } = await Service.findOrFail(version.serviceId)
  const form = byMachine && (await findForm({ service: slug, version: version.number }))
  const laidOut = form && (await layOutAs(form, page, sealer))
  const answers =
    form && laidOut && (await readFields(laidOut.image, form, page.formPage!, await machine()))
  // Print that isn't this form's would be cut in the wrong places: then the page stays one picture.
  await keep(
    page,
    sealer,
    { version, formPage: page.formPage!, laidOut: (answers && answers.ok && laidOut) || null },
    answers && answers.ok ? answers.fields : [],
    (open, t) => askForOtherSide(t, open, 'doubtful_pair')
  )
}

/** Lays a page out as the side of a form that somebody says it is; null where it doesn't fit. */
async function layOutAs(form: PaperForm, page: Page, sealer: Sealer): Promise<Registered | null> {
  const picture = await openPicture(await readSealedFile(sealer, page.image))
  if (!form.description.ownPaper) {
    const registered = await registerPage(picture)
    return registered.ok ? registered : null
  }
  const blank = await form.blank(page.formPage!)
  const [scan, print] = [await featuresOf(picture), await featuresOf(blank)]
  const { homography } = await likenessOf(scan, print)
  const registered = homography && (await registerPrint(picture, blank, homography, page.dpi))
  return registered?.ok ? registered : null
}

/** The side of a form that a page was read as, and how it lies as printed; null where it doesn't. */
interface Side {
  version: ServiceVersion
  formPage: number
  laidOut: Registered | null
}

/** Keeps the picture as printed, those of its groups, and the readings; `finish` says where the page goes. */
async function keep(
  page: Page,
  sealer: Sealer,
  { version, formPage, laidOut }: Side,
  fields: FieldReading[],
  finish: (open: Page, t: Transition) => Promise<void>
): Promise<void> {
  const recognizer = await app.container.make(Recognizer)
  const registered = laidOut && (await toJpeg(laidOut.image))
  const registeredImage = registered && (await writeSealedFile(sealer, 'pages', registered))
  const snippets = registered ? await cutSnippets(sealer, version, formPage, registered) : []
  await transition(async (t) => {
    const open = await lockPending(page, t.trx)
    // Somebody else was first: what was written for this reading is nobody's.
    if (!open) return doomFiles(t, [registeredImage ?? [], snippets.map(({ file }) => file)].flat())
    open.merge({
      registeredImage,
      homography: laidOut && JSON.stringify(laidOut.homography),
      residualMm: laidOut && laidOut.residualMm,
    })
    await finish(open, t)
    await t.trx
      .from('pages')
      .where('id', page.id)
      .update({ read_at: t.trx.raw('now()') })
    await keepSnippets(t, page, snippets)
    await keepReadings(t.trx, sealer, page.id, recognizer, fields)
    notifyScan(t, page)
  })
}

async function askWhatItIs(page: Page, reason: string): Promise<void> {
  await transition(async (t) => {
    const open = await lockPending(page, t.trx)
    if (!open) return
    await open.askWhatItIs(t, reason)
    notifyScan(t, page)
  })
}

function notifyScan(t: Transition, page: Page): void {
  t.wake({ type: 'scan', id: page.scanId })
  t.announce(`scans/${page.scanId}`)
}

function lockPending(page: Page, client: TransactionClientContract): Promise<Page | null> {
  return Page.query({ client }).where({ id: page.id, state: 'pending' }).forUpdate().first()
}
