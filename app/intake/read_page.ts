import app from '@adonisjs/core/services/app'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { findDescription } from '#app/catalog/find_description'
import Page from '#app/intake/page'
import { openPicture, toJpeg } from '#app/recognition/gray_image'
import { readPicture, type PictureResult } from '#app/recognition/read_picture'
import { keepReadings } from '#app/recognition/keep_readings'
import { Recognizer } from '#app/recognition/recognizer'
import { MAX_ATTEMPTS, withClaim } from '#app/shared/claim'
import { readSealedFile, writeSealedFile } from '#app/shared/sealed_files'
import { openSealer, type Sealer } from '#app/shared/sealing'
import { transition } from '#app/shared/transition'

/** Reads a decoded page by machine: which form it is, and what stands in its boxes. May be done again. */
export async function readPage(pageId: string): Promise<void> {
  await withClaim('page', pageId, 'pending', async (attempt) => {
    const page = await Page.findOrFail(pageId)
    const sealer = await openSealer(page.dataKeyId)
    const result: PictureResult =
      attempt > MAX_ATTEMPTS ? { ok: false, reason: 'unreadable' } : await read(page, sealer)
    if (result.ok) await keepRead(page, sealer, result)
    else await askWhatItIs(page, result.reason)
  })
}

async function read(page: Page, sealer: Sealer): Promise<PictureResult> {
  const recognizer = await app.container.make(Recognizer)
  return readPicture(
    await openPicture(await readSealedFile(sealer, page.image)),
    findDescription,
    recognizer
  )
}

async function keepRead(
  page: Page,
  sealer: Sealer,
  result: Extract<PictureResult, { ok: true }>
): Promise<void> {
  const recognizer = await app.container.make(Recognizer)
  const registeredImage = await writeSealedFile(sealer, 'pages', await toJpeg(result.page.image))
  await transition(async (t) => {
    const open = await lockPending(page, t.trx)
    if (!open) return
    const version = await t.trx
      .from('service_versions')
      .join('services', 'services.id', 'service_versions.service_id')
      .where({
        'services.slug': result.code.service,
        'service_versions.number': result.code.version,
      })
      .select('service_versions.id')
      .firstOrFail()
    await open
      .merge({
        state: 'read',
        serviceVersionId: version.id,
        copyId: result.code.copy,
        formPage: result.code.page,
        registeredImage,
        homography: JSON.stringify(result.page.homography),
        residualMm: result.page.residualMm,
      })
      .save()
    await t.trx
      .from('pages')
      .where('id', page.id)
      .update({ read_at: t.trx.raw('now()') })
    await keepReadings(t.trx, sealer, page.id, recognizer, result.fields)
    t.record({
      verb: 'page.read',
      subject: { type: 'page', id: page.id },
      clientId: page.clientId,
      detail: { formPage: result.code.page },
    })
    t.wake({ type: 'scan', id: page.scanId })
    t.announce(`scans/${page.scanId}`)
  })
}

async function askWhatItIs(page: Page, reason: string): Promise<void> {
  await transition(async (t) => {
    const open = await lockPending(page, t.trx)
    if (!open) return
    await open.merge({ state: 'identify', reason }).save()
    t.record({
      verb: 'page.unidentified',
      subject: { type: 'page', id: page.id },
      clientId: page.clientId,
      detail: { reason },
    })
    t.wake({ type: 'scan', id: page.scanId })
    t.announce(`scans/${page.scanId}`)
  })
}

function lockPending(page: Page, client: TransactionClientContract): Promise<Page | null> {
  return Page.query({ client }).where({ id: page.id, state: 'pending' }).forUpdate().first()
}
