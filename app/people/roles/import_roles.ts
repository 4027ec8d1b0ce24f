import type Organization from '#app/people/organization'
import type { Imported } from '#app/core/tables/imported'
import { permissionsFor } from '#app/people/permissions'
import type { Permission } from '#app/people/permission'
import { addRoles } from '#app/people/roles/save_role'
import type User from '#app/people/user'
import { foldCell } from '#app/core/tables/fold_cell'
import { openTable } from '#app/core/tables/open_table'
import type { TableColumn } from '#app/core/tables/table'

const MAX_ROWS = 100
const MAX_NAME = 60

const FACTOR = 'second_factor'

/** Headings of the column of names. */
export const ROLE_HEADINGS = ['役割', '名前', 'role']

/** Headings of the column that asks for a second factor. */
export const FACTOR_HEADINGS = ['二つ目の確認', 'second factor']

/** Marks that say yes, and those that say no. */
const YES = ['●', '○', '〇', '1', 'yes', 'はい']
const NO = ['', '-', '—', '×', '0', 'no', 'いいえ']

/**
 * Makes the roles of a table for an organization, a row each with a column for each thing that it may do: all of them, or
 * none.
 * @param headingsOf what a permission is called on the screens
 */
export async function importRoles(
  actor: User,
  organization: Organization,
  content: Buffer,
  headingsOf: (permission: Permission) => string[]
): Promise<Imported> {
  const permissions = permissionsFor(organization.kind)
  const columns = [
    NAME,
    markColumn(FACTOR, FACTOR_HEADINGS),
    // Nobody gives what they don't have.
    ...permissions.map((one) => markColumn(one, headingsOf(one), actor.may(one))),
  ]
  const table = await openTable(content, columns, { maxRows: MAX_ROWS, unique: 'name' })
  if (!table.ok) return { ok: false, refused: table, faulty: [] }
  const rows = await Array.fromAsync(table.rows())
  const faulty = rows.filter(({ reasons }) => reasons.length > 0)
  if (faulty.length > 0) return { ok: false, faulty }
  const added = await addRoles(
    actor,
    organization,
    rows.map(({ values }) => ({
      name: values.name,
      permissions: permissions.filter((one) => values[one] === YES[0]),
      asksFactor: values[FACTOR] === YES[0],
    }))
  )
  if (added.ok) return { ok: true, count: rows.length }
  const reason = { column: ROLE_HEADINGS[0], problem: `role_${added.reason}` }
  return { ok: false, faulty: [{ row: rows[added.at].row, reasons: [reason] }] }
}

const NAME: TableColumn = {
  key: 'name',
  headings: ROLE_HEADINGS,
  required: true,
  read: (cell) => {
    const value = cell.trim()
    return [...value].length > MAX_NAME ? { value, problem: 'too_long' } : { value }
  },
}

/** @param mayGive whether whoever brings the table may say yes */
function markColumn(key: string, headings: string[], mayGive = true): TableColumn {
  return {
    key,
    headings,
    required: false,
    read: (cell) => {
      const mark = foldCell(cell)
      if (NO.map(foldCell).includes(mark)) return { value: '' }
      if (!YES.map(foldCell).includes(mark)) return { value: cell, problem: 'option' }
      return mayGive ? { value: YES[0] } : { value: cell, problem: 'more_than_own' }
    },
  }
}
