/** The order of a list of several pages: by one of the columns that it offers, from the first or from the last. */
export interface Sorting {
  /** the word of its heading in the address */
  by: string
  column: string
  direction: 'asc' | 'desc'
  /** as an address or a form says it; empty where the list stands as usual */
  asked: string
}

/**
 * Reads `?sort=due` or, from the last, `?sort=-due`. Anything else is how the list usually stands.
 * @param columns the columns by which it sorts at no cost, or that are few, under the words of their headings
 */
export function sortingOf(
  query: Record<string, unknown>,
  columns: Record<string, string>,
  usual: string
): Sorting {
  const typed = typeof query.sort === 'string' ? query.sort : usual
  const sort = Object.hasOwn(columns, wordOf(typed)) ? typed : usual
  const by = wordOf(sort)
  return {
    by,
    column: columns[by],
    direction: sort.startsWith('-') ? 'desc' : 'asc',
    asked: sort === usual ? '' : sort,
  }
}

const wordOf = (sort: string) => sort.replace(/^-/, '')
