import vine from '@vinejs/vine'
import { mayWorkAt, sitesOf } from '#app/people/members/add_user'
import { LOGIN } from '#app/people/members/user_form'
import type { RoleChoice } from '#app/people/roles/choices'
import type { Site } from '#app/people/user'
import { foldCell } from '#app/core/tables/fold_cell'
import type { FaultyRow } from '#app/core/tables/imported'
import type { TableColumn, TableRow } from '#app/core/tables/table'

const MAX_ADDRESS = 200

/** The columns that a file of people has: the heading that is written, and others that are understood. */
export const PEOPLE_HEADINGS = {
  name: ['氏名', '名前', 'name'],
  login: ['利用者名', 'ログイン', 'ユーザー名', 'ユーザ名', 'login', 'user name'],
  role: ['役割', '権限', 'role'],
  site: ['場所', '勤務場所', 'site'],
  locale: ['言語', 'language'],
  email: ['メールアドレス', 'メール', 'email', 'mail'],
  directory: ['市の認証での名前', 'city account'],
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

/** Adds to a row that its role doesn't work at the site that it names. */
export function withSite(byName: Map<string, RoleChoice>) {
  return ({ row, values, reasons }: TableRow): FaultyRow => {
    const choice = byName.get(foldCell(values.role ?? ''))
    const site = foldCell(values.site ?? '')
    const isWrong = choice && Object.hasOwn(SITES, site) && !mayWorkAt(SITES[site], choice)
    const reason = { column: PEOPLE_HEADINGS.site[0], problem: 'no_home' }
    return { row, reasons: isWrong ? [...reasons, reason] : reasons }
  }
}

/** Finds roles by what they are called; a name that two of them bear means neither. */
export function namedOnce(
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

/** Says how the columns of a file of people are read. */
export function columnsFor(byName: Map<string, RoleChoice>): TableColumn[] {
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
    column('email', false, (cell) => {
      const value = cell.trim()
      const isAddress = vine.helpers.isEmail(value) && value.length <= MAX_ADDRESS
      return value === '' || isAddress ? { value } : { value: cell, problem: 'email' }
    }),
    column('directory', false, (cell) => {
      const value = cell.trim()
      return value.length <= MAX_ADDRESS ? { value } : { value: cell, problem: 'too_long' }
    }),
  ]
}

/** Returns the columns of somebody's row beside name, login and role, as they are kept. */
export function keptOf(values: TableRow['values']) {
  return {
    sites: sitesOf(SITES[foldCell(values.site ?? '')]),
    locale: LOCALES[foldCell(values.locale ?? '')],
    email: values.email || null,
    directory_name: values.directory || null,
  }
}
