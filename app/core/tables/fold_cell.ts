/** Folds a cell to what it is compared by, where width, case and spaces around it mean nothing. */
export function foldCell(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase()
}
