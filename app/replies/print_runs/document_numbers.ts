/** Document numbers as they were typed or brought, one a line; of a table the first column. */
export function documentNumbers(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(/[,\t]/)[0].replace(/^"|"$/g, '').trim())
    .filter((line) => line !== '')
}
