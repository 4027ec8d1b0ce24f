import Organization from '#app/people/organization'
import type User from '#app/people/user'
import type { FaultyRow, Imported } from '#app/core/tables/imported'
import { SHORT_NAME } from '#app/people/organizations/keep_organization'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { foldCell } from '#app/core/tables/fold_cell'
import { openTable } from '#app/core/tables/open_table'
import type { TableColumn, TableRow } from '#app/core/tables/table'
import { transition } from '#app/core/transition'

const MAX_ROWS = 500
const MAX_NAME = 80

/** The columns that a file of organizations has: the heading that is written, and others that are understood. */
export const ORGANIZATION_HEADINGS = {
  name: ['所属', '名前', '団体名', 'name'],
  slug: ['短い名前', '記号', '略号', 'short name'],
  kind: ['種類', 'kind'],
} as const

const KINDS: Record<string, 'client' | 'partner'> = {
  '': 'client',
  '発注者': 'client',
  'client': 'client',
  '引きつぐ先': 'partner',
  'partner': 'partner',
}

const COLUMNS: TableColumn[] = [
  {
    key: 'name',
    headings: [...ORGANIZATION_HEADINGS.name],
    required: true,
    read: (cell) => {
      const value = cell.trim()
      return [...value].length > MAX_NAME ? { value, problem: 'too_long' } : { value }
    },
  },
  {
    key: 'slug',
    headings: [...ORGANIZATION_HEADINGS.slug],
    required: true,
    read: (cell) => {
      const value = cell.normalize('NFKC').trim().toLowerCase()
      return SHORT_NAME.test(value) ? { value } : { value: cell, problem: 'short_name' }
    },
  },
  {
    key: 'kind',
    headings: [...ORGANIZATION_HEADINGS.kind],
    required: false,
    read: (cell) =>
      Object.hasOwn(KINDS, foldCell(cell)) ? { value: cell } : { value: cell, problem: 'option' },
  },
]

/** Adds the clients and partners of a table: all of them, or none. */
export async function importOrganizations(actor: User, content: Buffer): Promise<Imported> {
  const table = await openTable(content, COLUMNS, { maxRows: MAX_ROWS, unique: 'slug' })
  if (!table.ok) return { ok: false, refused: table, faulty: [] }
  const rows = await Array.fromAsync(table.rows())
  const faulty = rows.filter(({ reasons }) => reasons.length > 0)
  if (faulty.length > 0) return { ok: false, faulty }
  return transition(async (t) => {
    await lockName(t.trx, 'organizations')
    const known = await Organization.query({ client: t.trx }).select('name', 'slug')
    const taken = rows.filter(({ values: { name, slug } }, index) =>
      [...known, ...rows.slice(0, index).map(({ values }) => values)].some(
        (other) => other.name === name || other.slug === slug
      )
    )
    if (taken.length > 0) return { ok: false, faulty: taken.map(refused) }
    for (const { values } of rows) {
      const kind = KINDS[foldCell(values.kind ?? '')]
      const { id } = await Organization.create(
        { id: newId(), kind, name: values.name, slug: values.slug },
        { client: t.trx }
      )
      t.recordOnly({
        verb: 'organization.added',
        subject: { type: 'organization', id },
        clientId: kind === 'client' ? id : null,
        actorId: actor.id,
      })
    }
    return { ok: true, count: rows.length }
  })
}

function refused({ row }: TableRow): FaultyRow {
  return {
    row,
    reasons: [{ column: ORGANIZATION_HEADINGS.name[0], problem: 'organization_taken' }],
  }
}
