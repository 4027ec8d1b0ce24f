import db from '@adonisjs/lucid/services/db'
import { blackOut, mayHoldNumbers, numbersAbound, type Blackened } from '#app/intake/black_out'
import Page, { MAYBE_NUMBER } from '#app/intake/page'
import Scan from '#app/intake/scan'
import type { DecodedPage } from '#app/reading/decoding/decoder'
import { sharedDecoder } from '#app/reading/decoding/shared_decoder'
import type { Refusal } from '#app/reading/decoding/messages'
import { MAX_ATTEMPTS, withClaim } from '#app/core/claim'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { MachineFailed } from '#app/core/machine_fault'
import { closedDays } from '#app/core/center_settings'
import { addWorkingDays } from '#app/core/japanese_calendar'
import { readSealedFile, writeSealedFile } from '#app/core/sealed_files'
import { createSealer, destroyDataKeys, destroyKeysOn, openSealer } from '#app/core/sealing'
import { NumberSetting } from '#app/core/number_setting'
import { transition, type Transition } from '#app/core/transition'

/** Pages that are decoded in one turn: then others have theirs. */
const PAGES_A_TURN = 20
/** A file over which so many decoders were ended, while others went through, is too heavy for this machine. */
const MAX_ENDED = 5
/** Events that are looked through for others. */
const LATELY = 10_000
/** Working days for which a refused file can still be opened. */
export const refusedDays = new NumberSetting({
  name: 'scans.refused_days',
  section: 'kept',
  unit: 'working_days',
  fallback: 3,
  min: 1,
  max: 20,
})

/**
 * Decodes a received file into pages, a turn's worth at a time: each becomes a row with its sealed picture as it
 * comes out of the decoding child. Pages that are there already are left as they are, so the work may be done again.
 * @throws {import('#app/core/machine_fault').MachineFailed} nothing is refused then; it is tried again
 */
export async function decodeScan(scanId: string): Promise<void> {
  await withClaim('scan', scanId, 'received', async (attempt) => {
    const scan = await Scan.findOrFail(scanId)
    const guarded = await mayHoldNumbers(scan.clientId)
    if (attempt > MAX_ATTEMPTS) return refuseScan(scan, 'broken', guarded || scan.bearsNumbers)
    const handedIn = {
      clientId: scan.clientId,
      serviceId: scan.serviceId,
      guarded,
      numbersAbound: await numbersAbound(),
    }
    const file = await readSealedFile(await openSealer(scan.dataKeyId), scan.file)
    let bearsNumbers = guarded || scan.bearsNumbers
    const last = scan.pagesKept + PAGES_A_TURN
    const decoded = await sharedDecoder()
      .decode(
        file,
        async (page) => {
          const picture = await blackOut(page.jpeg, handedIn)
          bearsNumbers ||= picture.kept !== 'whole'
          await keepPage(scan, page, picture)
        },
        { from: scan.pagesKept + 1, max: last }
      )
      .catch(async (error: unknown) => {
        if (await isOfThisFile(scan.id, error)) return { ok: false, reason: 'too_heavy' } as const
        throw error
      })
    if (!decoded.ok) return refuseScan(scan, decoded.reason, bearsNumbers)
    await transition(async (t) => {
      const open = await lockReceived(t, scan)
      if (!open) return
      t.announce(`scans/${scan.id}`)
      if (decoded.pages > last) {
        // A turn that went well is no attempt that failed.
        await open
          .merge({
            pageCount: decoded.pages,
            pagesKept: last,
            bearsNumbers,
            attempts: 0,
            decodersEnded: 0,
            decoderEndedAt: null,
          })
          .save()
        return t.wake({ type: 'scan', id: scan.id, turn: last })
      }
      await open.decoded(t, decoded.pages)
      // Only the blackened pages are kept: nobody can open the original any more.
      if (bearsNumbers) await destroyDataKeys(t.trx, [scan.dataKeyId])
    })
  })
}

/**
 * Whether a decoder that the machine ended is this file's doing after all: it was ended over it again and again, while
 * others went through. A machine without memory for anything waits.
 */
async function isOfThisFile(scanId: string, error: unknown): Promise<boolean> {
  // Where another error is the cause, no decoder was at work on it.
  if (!(error instanceof MachineFailed) || error.cause !== undefined) return false
  const { rows }: { rows: { times: number; others: boolean }[] } = await db.rawQuery(
    `update scans set decoders_ended = decoders_ended + 1, decoder_ended_at = coalesce(decoder_ended_at, now())
     where id = :id returning decoders_ended as times, exists (
       select 1 from events where verb = 'scan.decoded' and subject_type = 'scan' and subject_id <> :id
         and at > scans.decoder_ended_at and sequence > (select max(sequence) from events) - :lately) as others`,
    { id: scanId, lately: LATELY }
  )
  return rows[0].others && rows[0].times >= MAX_ENDED
}

async function keepPage(
  scan: Scan,
  { number, width, height, dpi }: DecodedPage,
  picture: Blackened
): Promise<void> {
  await transition(async (t) => {
    const open = await lockReceived(t, scan)
    const known = await t.trx.from('pages').where({ scan_id: scan.id, number }).select('id').first()
    if (!open || known) return
    const sealer = await createSealer(t.trx, 'page')
    const image = await writeSealedFile(sealer, 'pages', picture.jpeg)
    const page = await Page.create(
      {
        id: newId(),
        scanId: scan.id,
        clientId: scan.clientId,
        number,
        dataKeyId: sealer.dataKeyId,
        image,
        width,
        height,
        dpi,
        ...(picture.kept === 'blurred'
          ? { state: 'identify' as const, reason: MAYBE_NUMBER }
          : { state: 'pending' as const }),
      },
      { client: t.trx }
    )
    t.announce(`scans/${scan.id}`)
    t.record({
      verb: 'page.decoded',
      subject: { type: 'page', id: page.id },
      clientId: scan.clientId,
      detail: { number, to: page.state },
    })
    t.wake({ type: 'page', id: page.id, turn: number })
  })
}

/**
 * The file can't be taken: it stays, with the reason, and no page of it goes on. One that may bear numbers that
 * nobody is to see can be opened for some working days yet, in case the fault was ours.
 */
async function refuseScan(scan: Scan, reason: Refusal, bearsNumbers: boolean): Promise<void> {
  await transition(async (t) => {
    const open = await lockReceived(t, scan)
    if (!open) return
    await Page.setAsideOf(t, scan.id)
    await open.refuse(t, reason)
    if (bearsNumbers)
      await destroyKeysOn(
        t.trx,
        [scan.dataKeyId],
        addWorkingDays(today(), await refusedDays.value(t.trx), await closedDays(t.trx))
      )
    t.announce(`scans/${scan.id}`)
  })
}

/** The scan, locked, unless it is past being decoded. */
function lockReceived(t: Transition, { id }: Scan): Promise<Scan | null> {
  return Scan.query({ client: t.trx }).where({ id, state: 'received' }).forUpdate().first()
}
