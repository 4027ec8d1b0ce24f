import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import type { FieldReading } from '#app/recognition/read_field'
import type { Recognizer } from '#app/recognition/recognizer'
import { newId } from '#app/shared/ids'
import type { Sealer } from '#app/shared/sealing'

interface ReadingRow {
  id: string
  field_key: string
  value: Buffer
  confidence: number
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

/** The machine's newest values of a page by field. */
export async function readingsOfPage(
  trx: Pick<TransactionClientContract, 'from'>,
  sealer: Sealer,
  pageId: string
): Promise<Map<string, { value: string; confidence: number }>> {
  const rows: ReadingRow[] = await trx
    .from('readings')
    .where('page_id', pageId)
    .orderBy('run')
    .select('id', 'field_key', 'value', 'confidence')
  return new Map(
    rows.map((row) => [
      row.field_key,
      { value: sealer.openText(`readings.value:${row.id}`, row.value), confidence: row.confidence },
    ])
  )
}
