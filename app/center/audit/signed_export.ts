import { createHash } from 'node:crypto'
import { unzipSync, zipSync } from 'fflate'
import db from '@adonisjs/lucid/services/db'
import { chainKey } from '#app/center/audit/chain'
import type { AuditedEvent } from '#app/center/audit/list_events'
import { csvLines } from '#app/core/csv_file'

const TABLE = 'events.csv'
const SIGNATURE = 'signature.json'

/** The proof of an export: the newest link of the chain when it was made, and a keyed hash of both. */
interface Signature {
  /** of events.csv, hex */
  sha256: string
  /** the newest sealed event, and its link (hex); null before anything was sealed */
  sequence: number | null
  link: string
  signature: string
}

/** Packs events into a ZIP with a signature that only this installation's chain key can make. */
export async function signedExport(
  events: AuditedEvent[],
  words: (event: AuditedEvent) => string
): Promise<Buffer> {
  const { bytes } = csvLines(
    [
      ['sequence', 'at', 'login', 'name', 'verb', 'what', 'record', 'id', 'receipt', 'detail'],
      ...events.map((event) => [
        String(event.sequence),
        event.at.toISOString(),
        event.login ?? '',
        event.name ?? '',
        event.verb,
        words(event),
        event.subject_type,
        event.subject_id,
        event.receipt ?? '',
        JSON.stringify(event.detail),
      ]),
    ],
    'utf8'
  )
  const newest: { sequence: number; link: string } | null = await db
    .from('event_seals')
    .orderBy('sequence', 'desc')
    .select('sequence', db.raw(`encode(hash, 'hex') as link`))
    .first()
  const sha256 = sha256Of(bytes)
  const link = newest?.link ?? ''
  const signature: Signature = {
    sha256,
    sequence: newest?.sequence ?? null,
    link,
    signature: await signatureOf(link, sha256),
  }
  return Buffer.from(
    zipSync({ [TABLE]: bytes, [SIGNATURE]: Buffer.from(JSON.stringify(signature, null, 2)) })
  )
}

export type ProvenExport = { ok: true; sequence: number | null } | { ok: false }

/** Proves an export: it is as this installation wrote it, and the link that it names stands in the chain still. */
export async function proveExport(zip: Buffer): Promise<ProvenExport> {
  const { [TABLE]: table, [SIGNATURE]: signed } = unzipSync(zip)
  if (!table || !signed) return { ok: false }
  const { sha256, sequence, link, signature }: Signature = JSON.parse(
    Buffer.from(signed).toString('utf8')
  )
  const isOurs =
    sha256Of(Buffer.from(table)) === sha256 && (await signatureOf(link, sha256)) === signature
  if (!isOurs) return { ok: false }
  if (sequence === null) return { ok: true, sequence }
  const seal: { link: string } | null = await db
    .from('event_seals')
    .where('sequence', sequence)
    .select(db.raw(`encode(hash, 'hex') as link`))
    .first()
  // Days that were dropped have taken their links along.
  return seal && seal.link !== link ? { ok: false } : { ok: true, sequence }
}

async function signatureOf(link: string, sha256: string): Promise<string> {
  const chain = await db.transaction((trx) => chainKey(trx))
  return chain.hmac(`export\n${link}\n${sha256}`)
}

function sha256Of(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
