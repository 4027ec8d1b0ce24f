import db from '@adonisjs/lucid/services/db'
import { openSealers } from '#app/core/sealing'

/** A reading with where it was read, and by which engine. */
export interface KeptRegion {
  field: string
  engine: string
  version: string
  value: string
  /** 0 to 1 */
  confidence: number
  /** px of the registered page */
  region: unknown
  reason: string | null
  at: Date
}

/** Opens everything that the machine read on pages, each run of it, in their order. */
export async function regionsOf(
  pages: { id: string; data_key_id: string }[]
): Promise<KeptRegion[]> {
  const sealers = await openSealers(pages.map((page) => page.data_key_id))
  const keyOf = new Map(pages.map((page) => [page.id, page.data_key_id]))
  const rows: {
    id: string
    page_id: string
    field_key: string
    engine: string
    engine_version: string
    value: Buffer
    confidence: number
    region: unknown
    reason: string | null
    created_at: Date
  }[] = await db
    .from('readings')
    .whereIn('page_id', [...keyOf.keys()])
    .orderBy('run')
  return rows.map((row) => ({
    field: row.field_key,
    engine: row.engine,
    version: row.engine_version,
    value: sealers.get(keyOf.get(row.page_id)!)!.openText(`readings.value:${row.id}`, row.value),
    confidence: row.confidence,
    region: row.region,
    reason: row.reason,
    at: row.created_at,
  }))
}
