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
 * @param faulty the key where rows can't be taken
 */
export function problemOfImport(
  imported: Extract<Imported, { ok: false }> | null,
  faulty = 'people.import_none_added'
) {
  if (imported?.refused) return { key: `tables.${imported.refused.reason}`, ...imported.refused }
  return { key: imported ? faulty : 'people.import_no_file' }
}
