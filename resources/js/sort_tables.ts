/** Fewer rows than these are seen at a glance. */
const LEAST = 3

/**
 * Columns of a list that stands on the page as a whole sort at a press on their heading. A list of several pages comes
 * sorted by the server: here only a part of it would be.
 */
export function sortTables(): void {
  offerAll()
  // What follows the server is put there anew.
  document.addEventListener('refreshed', offerAll)
}

function offerAll(): void {
  if (document.querySelector('main .pager')) return
  for (const table of document.querySelectorAll<HTMLTableElement>('main .scroll > table')) {
    const [body, ...others] = table.tBodies
    const heads = [...(table.tHead?.rows[0]?.cells ?? [])]
    const isPlain =
      body &&
      others.length === 0 &&
      [...body.rows].every((row) => row.cells.length === heads.length)
    if (table.querySelector('button.sort')) continue
    if (!isPlain || body.rows.length < LEAST || table.matches('.matrix, .changes, [data-unsorted]'))
      continue
    for (const [index, head] of heads.entries()) offerSorting(table, body, head, index)
  }
}

function offerSorting(
  table: HTMLTableElement,
  body: HTMLTableSectionElement,
  head: HTMLTableCellElement,
  index: number
): void {
  const isSaid = head.textContent?.trim() && !head.querySelector('.hidden, input, a')
  const isSame = new Set([...body.rows].map((row) => worthOf(row, index))).size < 2
  if (!isSaid || isSame) return
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'sort'
  button.append(...head.childNodes)
  head.append(button)
  button.addEventListener('click', () => {
    const isUp = head.ariaSort !== 'ascending'
    for (const other of table.tHead!.rows[0].cells) other.removeAttribute('aria-sort')
    head.ariaSort = isUp ? 'ascending' : 'descending'
    const rows = [...body.rows].sort((a, b) => compare(worthOf(a, index), worthOf(b, index)))
    body.append(...(isUp ? rows : rows.reverse()))
  })
}

/** Tells by what a cell is sorted: the moment that it names, else its text. */
function worthOf(row: HTMLTableRowElement, index: number): string {
  const cell = row.cells[index]
  return cell.querySelector('time')?.dateTime || (cell.textContent ?? '').trim()
}

const collator = new Intl.Collator('ja', { numeric: true })

/** Numbers by what they are worth (1,200 after 90), everything else as a dictionary has it; nothing comes last. */
function compare(a: string, b: string): number {
  const isNothing = (text: string) => text === '' || text === '—'
  if (isNothing(a) || isNothing(b)) return Number(isNothing(a)) - Number(isNothing(b))
  const [one, other] = [a, b].map((text) => Number(text.replaceAll(/[,\s円%]/g, '')))
  return Number.isNaN(one) || Number.isNaN(other) ? collator.compare(a, b) : one - other
}
