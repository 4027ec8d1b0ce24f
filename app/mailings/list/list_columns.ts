import { isNumberPlace } from '#app/reading/layout/guess_field'
import { columnsOf } from '#app/replies/compose/row_columns'
import type { LetterTemplate } from '#app/replies/templates/letter_template'
import { plainHeading } from '#app/core/tables/find_headings'
import { openTable, type OpenedTable } from '#app/core/tables/open_table'
import type { TableColumn } from '#app/core/tables/table'

/** Rows of one list: more letters than a city posts at once. */
const MAX_ROWS = 100_000

/** The heading of the column that fills something, by its key: `name`, `address`, `field:受診券番号`. */
export type Matching = Record<string, string>

/** Opens a list whose rows become letters; columns that somebody has matched by hand are taken as they say. */
export function openMatched(
  content: Buffer,
  template: LetterTemplate,
  matching: Matching
): Promise<OpenedTable> {
  return openTable(content, matchedColumns(template, matching), { maxRows: MAX_ROWS })
}

/** Returns the columns of a list, by their own names or as they were matched. A heading that is matched is nothing else. */
export function matchedColumns(template: LetterTemplate, matching: Matching): TableColumn[] {
  const taken = new Set(Object.values(matching))
  return columnsOf(template).map((column) => {
    const own = matching[column.key]
    const free = column.headings.filter((heading) => !taken.has(heading))
    return {
      ...column,
      headings: own ? [own] : free.length > 0 ? free : [`〔${column.headings[0]}〕`],
    }
  })
}

/** The label of a column of a list, and the heading in a file that fills it; empty where none does. */
export interface ShownColumn {
  key: string
  label: string
  required: boolean
  heading: string
}

/** Says which heading of a list fills what, for who looks whether that is right. */
export function shownColumns(
  template: LetterTemplate,
  matching: Matching,
  headings: string[]
): ShownColumn[] {
  const matched = matchedColumns(template, matching)
  return columnsOf(template).map(({ key, headings: own, required }, index) => {
    const known = matched[index].headings.map(plainHeading)
    return {
      key,
      label: own[0],
      required,
      heading: headings.find((heading) => known.includes(plainHeading(heading))) ?? '',
    }
  })
}

/** Finds a column of My Numbers, which are in no list that is taken here; undefined where there is none. */
export function myNumberIn(headings: readonly string[]): string | undefined {
  return headings.find((label) => isNumberPlace({ label: label.normalize('NFKC') }))
}
