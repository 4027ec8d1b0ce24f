import hash from '@adonisjs/core/services/hash'
import { takenDirectoryNames } from '#app/people/directory/directory_name'
import {
  columnsFor,
  keptOf,
  namedOnce,
  PEOPLE_HEADINGS,
  withSite,
} from '#app/people/members/people_table'
import { lockOrganization } from '#app/people/members/still_managed'
import type Organization from '#app/people/organization'
import { oneTimePassword } from '#app/people/passwords/one_time_password'
import { asColumns, roleChoices, type RoleChoice } from '#app/people/roles/choices'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { foldCell } from '#app/core/tables/fold_cell'
import { openTable } from '#app/core/tables/open_table'
import type { TableRow } from '#app/core/tables/table'
import type { Imported } from '#app/core/tables/imported'
import { lockName } from '#app/core/lock'
import { transition, type Transition } from '#app/core/transition'

const MAX_ROWS = 2000

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
    if (doubles.length > 0) return refused(doubles, 'login', 'login_taken')
    const named = await directoryNamesTwice(t, rows)
    if (named.length > 0) return refused(named, 'directory', 'directory_taken')
    // As roles are by now: somebody may have changed them since the table was read.
    const roleOf = ({ values }: (typeof rows)[number]) =>
      now.find((one) => one.value === byName.get(foldCell(values.role))?.value && one.mayGive)
    const changed = rows.filter((row) => !roleOf(row))
    if (changed.length > 0) return refused(changed, 'role', 'option')
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
          ...keptOf(values),
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

function refused(rows: TableRow[], column: keyof typeof PEOPLE_HEADINGS, problem: string) {
  const reasons = [{ column: PEOPLE_HEADINGS[column][0], problem }]
  return { ok: false as const, faulty: rows.map(({ row }) => ({ row, reasons })) }
}

/** Finds the rows whose name in the city's directory is another's, in the table or before it. */
async function directoryNamesTwice(t: Transition, rows: TableRow[]): Promise<TableRow[]> {
  const named = rows.filter(({ values }) => values.directory)
  const seen = await takenDirectoryNames(
    t,
    named.map(({ values }) => values.directory)
  )
  return named.filter(({ values: { directory } }) => seen.size === seen.add(directory).size)
}
