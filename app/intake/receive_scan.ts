import type User from '#app/people/user'
import type Service from '#app/catalog/service'
import Scan from '#app/intake/scan'
import { contentHashes } from '#app/intake/content_hash'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { paperType } from '#app/reading/paper_type'
import type { Refusal } from '#app/reading/decoding/messages'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { writeSealedFile } from '#app/core/sealed_files'
import { createSealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import { withFile } from '#app/core/with_file'
import { lockName } from '#app/core/lock'

export interface Upload {
  /** the same upload sent twice (a double click, a reload) has the same key */
  key: string
  name: string
  content: Buffer
  arrivedOn?: string
  workOrderId?: string
  /** several forms came in one envelope */
  envelopeId?: string
}

export type Received =
  { ok: true; scan: Scan; known: boolean } | { ok: false; reason: Refusal | 'order_closed' }

/**
 * Takes a file in: sealed on the disk first, then its row. A file that can't be a scan is refused with
 * the reason; the same upload, or the same bytes for the same client, are taken once.
 */
export async function receiveScan(user: User, service: Service, upload: Upload): Promise<Received> {
  const refusal = refuse(upload.content)
  if (refusal) return { ok: false, reason: refusal }
  const received = await withFile(async (t, keep) => {
    if (upload.workOrderId && !(await isOpenOrder(t, upload.workOrderId))) return null
    const [hash, ...earlier] = await contentHashes(upload.content, t.trx)
    // Two tabs with the same file wait for each other here.
    await lockName(t.trx, `${service.clientId}:${hash}`)
    const known = await Scan.query({ client: t.trx })
      .where('clientId', service.clientId)
      .whereIn('contentHash', [hash, ...earlier])
      .where((query) => query.where('uploadKey', upload.key).orWhereNot('state', 'refused'))
      .first()
    if (known) return { scan: known, known: true }
    const sealer = await createSealer(t.trx, 'scan')
    // Its file may have to be destroyed (a My Number), its name stays: people look for it.
    const names = await createSealer(t.trx, 'scan_name')
    const file = await keep(() => writeSealedFile(sealer, 'scans', upload.content))
    const id = newId()
    const scan = await Scan.create(
      {
        id,
        clientId: service.clientId,
        serviceId: service.id,
        envelopeId: upload.envelopeId ?? null,
        workOrderId: upload.workOrderId ?? null,
        source: 'upload',
        uploadedBy: user.id,
        // A form brought back by the back button may send another file under its old key: that is a new one.
        uploadKey: (await isUsed(t, service, upload.key)) ? id : upload.key,
        name: names.sealText(`scans.name:${id}`, upload.name),
        nameKeyId: names.dataKeyId,
        mediaType: paperType(upload.content)!,
        size: upload.content.length,
        contentHash: hash,
        dataKeyId: sealer.dataKeyId,
        file,
        arrivedOn: upload.arrivedOn ?? today(),
      },
      { client: t.trx }
    )
    if (upload.workOrderId) t.announce(`orders/${upload.workOrderId}`)
    recordArrival(t, scan, user)
    return { scan, known: false }
  })
  return received ? { ok: true, ...received } : { ok: false, reason: 'order_closed' }
}

/** Locked until the scan is in: an order that is being closed waits, and sees it. */
async function isOpenOrder(t: Transition, orderId: string): Promise<boolean> {
  const order: { state: string } | null = await t.trx
    .from('work_orders')
    .where('id', orderId)
    .forUpdate()
    .select('state')
    .first()
  return order?.state === 'open'
}

async function isUsed(t: Transition, service: Service, uploadKey: string): Promise<boolean> {
  const row = await t.trx
    .from('scans')
    .where({ client_id: service.clientId, upload_key: uploadKey })
    .first()
  return row !== null
}

function recordArrival(t: Transition, scan: Scan, user: User): void {
  t.record({
    verb: 'scan.received',
    subject: { type: 'scan', id: scan.id },
    clientId: scan.clientId,
    actorId: user.id,
    detail: { size: scan.size, to: 'received' },
  })
}

function refuse(content: Buffer): Refusal | null {
  if (content.length === 0) return 'empty'
  if (content.length > MAX_SCAN_BYTES) return 'too_large'
  return paperType(content) ? null : 'not_a_scan'
}
