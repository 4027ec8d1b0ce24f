import { openTable, type OpenedTable } from '#app/core/tables/open_table'
import { columnsOf } from '#app/replies/compose/row_columns'
import type { LetterTemplate } from '#app/replies/templates/letter_template'

/** More letters than a city posts at once. */
const MAX_ROWS = 100_000

/** Opens a list whose rows become letters of a template. */
export function openList(content: Buffer, template: LetterTemplate): Promise<OpenedTable> {
  return openTable(content, columnsOf(template), { maxRows: MAX_ROWS })
}
