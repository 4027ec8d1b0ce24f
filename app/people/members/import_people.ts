import hash from '@adonisjs/core/services/hash'
import { mayWorkAt, sitesOf } from '#app/people/members/add_user'
import { LOGIN } from '#app/people/members/user_form'
import { lockOrganization } from '#app/people/members/still_managed'
import type Organization from '#app/people/organization'
import { oneTimePassword } from '#app/people/passwords/one_time_password'
import { asColumns, roleChoices, type RoleChoice } from '#app/people/roles/choices'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { newId } from '#app/core/ids'
import { foldCell } from '#app/core/tables/fold_cell'
import { openTable } from '#app/core/tables/open_table'
import type { RefusedTable, RowReason, TableColumn, TableRow } from '#app/core/tables/table'
import { lockName } from '#app/core/lock'
import { transition } from '#app/core/transition'

const MAX_ROWS = 2000

export interface FaultyRow {
  row: number
  reasons: RowReason[]
}

export type Imported =
  { ok: true; count: number } | { ok: false; refused?: RefusedTable; faulty: FaultyRow[] }

/** The columns that a file of people has: the heading that is written, and others that are understood. */
export const PEOPLE_HEADINGS = {
  name: ['氏名', '名前', 'name'],
  login: ['利用者名', 'ログイン', 'ユーザー名', 'ユーザ名', 'login', 'user name'],
  role: ['役割', '権限', 'role'],
  site: ['場所', '勤務場所', 'site'],
  locale: ['言語', 'language'],
} as const

const SITES: Record<string, Site[]> = {
  '': ['center'],
  'センター': ['center'],
  '自宅': ['home'],
  '両方': ['center', 'home'],
  'センター・自宅': ['center', 'home'],
  'center': ['center'],
  'home': ['home'],
  'both': ['center', 'home'],
}
const LOCALES: Record<string, 'ja' | 'en'> = {
  '': 'ja',
  '日本語': 'ja',
  'ja': 'ja',
  '英語': 'en',
  'english': 'en',
  'en': 'en',
}

/**
 * Adds the people of a table to an organization: all of them, or nobody. They can't log in before they are invited.
 * @param roleNames what roles are called on the screen, by their value
 */
export async function importPeople(
  actor: User,
  organization: Organization,
  content: Buffer,
  roleNames: (choice: RoleChoice) => string[]
): Promise<Imported> {
  const choices = await roleChoices(actor, organization)
  const byName = namedOnce(choices, roleNames)
  const table = await openTable(content, columnsFor(byName), {
    maxRows: MAX_ROWS,
    unique: 'login',
  })
  if (!table.ok) return { ok: false, refused: table, faulty: [] }
  const rows = await Array.fromAsync(table.rows())
  const faulty = rows.map(withSite(byName)).filter(({ reasons }) => reasons.length > 0)
  if (faulty.length > 0) return { ok: false, faulty }
  // One for all: nobody knows it, and keeping one takes its time.
  const password = await hash.use('argon').make(oneTimePassword())
  return transition(async (t) => {
    await lockOrganization(t, organization.id)
    await lockName(t.trx, 'logins')
    const now = await roleChoices(actor, organization, t.trx)
    const known: { login: string }[] = await t.trx
      .from('users')
      .whereRaw('lower(login) = any(?)', [rows.map(({ values }) => values.login)])
      .select(t.trx.raw('lower(login) as login'))
    const taken = new Set(known.map(({ login }) => login))
    const doubles = rows.filter(({ values }) => taken.has(values.login))
    if (doubles.length > 0)
      return {
        ok: false,
        faulty: doubles.map(({ row }) => ({
          row,
          reasons: [{ column: PEOPLE_HEADINGS.login[0], problem: 'login_taken' }],
        })),
      }
    // As roles are by now: somebody may have changed them since the table was read.
    const roleOf = ({ values }: (typeof rows)[number]) =>
      now.find((one) => one.value === byName.get(foldCell(values.role))?.value && one.mayGive)
    const changed = rows.filter((row) => !roleOf(row))
    if (changed.length > 0)
      return {
        ok: false,
        faulty: changed.map(({ row }) => ({
          row,
          reasons: [{ column: PEOPLE_HEADINGS.role[0], problem: 'option' }],
        })),
      }
    const people = rows.map((row) => ({ id: newId(), choice: roleOf(row)!, values: row.values }))
    await t.trx.table('users').multiInsert(
      people.map(({ id, choice, values }) => {
        const { role, roleId, permissions } = asColumns(choice)
        return {
          id,
          organization_id: organization.id,
          login: values.login,
          password,
          display_name: values.name,
          role,
          role_id: roleId,
          permissions,
          sites: sitesOf(SITES[foldCell(values.site ?? '')]),
          locale: LOCALES[foldCell(values.locale ?? '')],
        }
      })
    )
    for (const { id, choice } of people)
      t.recordOnly({
        verb: 'user.added',
        subject: { type: 'user', id },
        clientId: organization.kind === 'client' ? organization.id : null,
        actorId: actor.id,
        detail: { role: choice.value },
      })
    return { ok: true, count: rows.length }
  })
}

/** Adds to a row that its role doesn't work at the site that it names. */
function withSite(byName: Map<string, RoleChoice>) {
  return ({ row, values, reasons }: TableRow): FaultyRow => {
    const choice = byName.get(foldCell(values.role ?? ''))
    const site = foldCell(values.site ?? '')
    const isWrong = choice && Object.hasOwn(SITES, site) && !mayWorkAt(SITES[site], choice)
    const reason = { column: PEOPLE_HEADINGS.site[0], problem: 'no_home' }
    return { row, reasons: isWrong ? [...reasons, reason] : reasons }
  }
}

/** Finds roles by what they are called; a name that two of them bear means neither. */
function namedOnce(
  choices: RoleChoice[],
  roleNames: (choice: RoleChoice) => string[]
): Map<string, RoleChoice> {
  const byName = Map.groupBy(
    choices.flatMap((choice) =>
      [...new Set(roleNames(choice).map(foldCell))].map((name) => ({ name, choice }))
    ),
    ({ name }) => name
  )
  return new Map(
    [...byName].flatMap(([name, named]) => (named.length === 1 ? [[name, named[0].choice]] : []))
  )
}

function columnsFor(byName: Map<string, RoleChoice>): TableColumn[] {
  const column = (
    key: keyof typeof PEOPLE_HEADINGS,
    required: boolean,
    read: TableColumn['read']
  ): TableColumn => ({ key, headings: [...PEOPLE_HEADINGS[key]], required, read })
  const oneOf = (known: Record<string, unknown>) => (cell: string) =>
    Object.hasOwn(known, foldCell(cell)) ? { value: cell } : { value: cell, problem: 'option' }
  return [
    column('name', true, (cell) => ({
      value: cell.trim(),
      ...([...cell.trim()].length > 80 ? { problem: 'too_long' } : {}),
    })),
    column('login', true, (cell) => {
      const value = cell.normalize('NFKC').trim().toLowerCase()
      return LOGIN.test(value) ? { value } : { value: cell, problem: 'login' }
    }),
    column('role', true, (cell) => {
      const choice = byName.get(foldCell(cell))
      if (!choice) return { value: cell, problem: 'option' }
      return choice.mayGive ? { value: cell } : { value: cell, problem: 'more_than_own' }
    }),
    column('site', false, oneOf(SITES)),
    column('locale', false, oneOf(LOCALES)),
  ]
}
