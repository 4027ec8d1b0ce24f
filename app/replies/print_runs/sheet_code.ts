/** Reads a sheet's code as it was scanned or typed: a scanner types full-width where the keyboard converts. */
export function sheetCode(scanned: string): string {
  return scanned
    .normalize('NFKC')
    .trim()
    .toUpperCase()
    .replace(/^HWS\//, '')
}
