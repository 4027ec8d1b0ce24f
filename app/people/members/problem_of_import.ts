import type { RefusedTable } from '#app/core/tables/table'

/** Names why nothing of a table was taken, by the key of its words and what stands in them; of no file too. */
export function problemOfImport(imported: { refused?: RefusedTable } | null) {
  if (imported?.refused) return { key: `tables.${imported.refused.reason}`, ...imported.refused }
  return { key: imported ? 'people.import_none_added' : 'people.import_no_file' }
}
