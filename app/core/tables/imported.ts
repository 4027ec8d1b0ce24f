import type { RefusedTable, RowReason } from '#app/core/tables/table'

/** A row that can't be taken, as a spreadsheet counts, and why. */
export interface FaultyRow {
  row: number
  reasons: RowReason[]
}

/** The outcome of a table that is taken whole or not at all. */
export type Imported =
  { ok: true; count: number } | { ok: false; refused?: RefusedTable; faulty: FaultyRow[] }

/**
 * Names why nothing of a table was taken, by the key of its words and what stands in them.
 * @param imported null where there was no file
 */
export function problemOfImport(imported: Extract<Imported, { ok: false }> | null) {
  if (imported?.refused) return { key: `tables.${imported.refused.reason}`, ...imported.refused }
  return { key: imported ? 'tables.none_taken' : 'tables.no_file' }
}
