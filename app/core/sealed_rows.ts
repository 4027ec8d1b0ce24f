/** Rows of sealed things: a data key, and a file where there is one. */
export interface SealedRow {
  data_key_id: string | null
  file?: string | null
}

/** The keys and files of sealed rows, each once. */
export function keysAndFiles(rows: SealedRow[]): { keys: string[]; files: string[] } {
  return {
    keys: [...new Set(rows.flatMap((row) => row.data_key_id ?? []))],
    files: [...new Set(rows.flatMap((row) => row.file ?? []))],
  }
}
