import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { Doubt, FieldReading } from '#app/reading/read_field'
import type { Recognizer } from '#app/reading/recognizer'
import { newId } from '#app/core/ids'
import type { Queries } from '#app/core/queries'
import { openSealers, type Sealer } from '#app/core/sealing'

interface ReadingRow {
  id: string
  page_id: string
  field_key: string
  value: Buffer
  confidence: number
  reason: Doubt | null
}

/** Keeps what the machine read of a page, sealed with the page's key, as a new run. */
export async function keepReadings(
  trx: TransactionClientContract,
  sealer: Sealer,
  pageId: string,
  recognizer: Recognizer,
  fields: FieldReading[]
): Promise<void> {
  const latest = await trx.from('readings').where('page_id', pageId).max('run as run').first()
  const rows = fields.map((reading) => {
    const id = newId()
    return {
      id,
      page_id: pageId,
      run: (latest?.run ?? 0) + 1,
      field_key: reading.key,
      engine: recognizer.engine,
      engine_version: recognizer.version,
      value: sealer.sealText(`readings.value:${id}`, reading.value),
      candidates:
        reading.candidates.length > 0
          ? sealer.sealJson(`readings.candidates:${id}`, reading.candidates)
          : null,
      confidence: reading.confidence,
      decision: reading.decision,
      reason: reading.reason ?? null,
      region: JSON.stringify(reading.region),
    }
  })
  if (rows.length > 0) await trx.table('readings').multiInsert(rows)
}

/** A machine's reading of a field, and why it was asked. */
export interface KeptReading {
  id: string
  pageId: string
  value: string
  /** 0 to 1 */
  confidence: number
  reason: Doubt | null
}

/** The machine's newest readings on the pages of a form, by field. */
export async function readingsOn(
  pages: { id: string; data_key_id: string }[],
  client: Queries
): Promise<Map<string, KeptReading>> {
  const sealers = await openSealers(
    pages.map((page) => page.data_key_id),
    client
  )
  const rows: ReadingRow[] = await client
    .from('readings')
    .whereIn(
      'page_id',
      pages.map((page) => page.id)
    )
    .orderBy('run')
    .select('id', 'page_id', 'field_key', 'value', 'confidence', 'reason')
  const keyOf = new Map(pages.map((page) => [page.id, page.data_key_id]))
  return new Map(
    rows.map((row) => [
      row.field_key,
      {
        id: row.id,
        pageId: row.page_id,
        value: sealers
          .get(keyOf.get(row.page_id)!)!
          .openText(`readings.value:${row.id}`, row.value),
        confidence: row.confidence,
        reason: row.reason,
      },
    ])
  )
}
