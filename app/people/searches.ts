import type { I18n } from '@adonisjs/i18n'
import { navigationFor } from '#app/people/navigation'
import type { Permission } from '#app/people/permission'
import type User from '#app/people/user'
import { Registry } from '#app/core/registry'

/** Something that was found, and where it stands. */
export interface Found {
  label: string
  /** what tells it from others of its name */
  note?: string
  href: string
}

/** A kind of thing beside requests that people look for by name. */
export interface Search {
  /** its words stand in `common.search_<name>` */
  name: string
  permission: Permission
  /** At most `limit`, of what somebody may see. */
  find(user: User, words: string, limit: number, locale: 'ja' | 'en'): Promise<Found[]>
}

/** Everything that can be looked for beside requests; each room registers its own. */
export const searches = new Registry<Search>('kind of thing that is looked for')

/** Makes the pattern (of ILIKE) of what contains words; signs of patterns stand for themselves. */
export function containing(words: string): string {
  return `%${words.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`
}

const LIMIT = 10

/** Finds what bears a name or a part of it, by kind; also screens of the menu. Kinds without any are left out. */
export async function searchByName(
  user: User,
  typed: string,
  i18n: I18n
): Promise<{ name: string; found: Found[] }[]> {
  const words = typed.normalize('NFKC').trim()
  const locale = i18n.locale === 'en' ? 'en' : 'ja'
  const screens = navigationFor(user)
    .flatMap(({ items }) => items)
    .map(({ label, name }) => ({ label: i18n.t(label), href: name }))
    .filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()))
  const kinds = searches.all().filter(({ permission }) => user.may(permission))
  const found = await Promise.all(
    kinds.map(async ({ name, find }) => ({ name, found: await find(user, words, LIMIT, locale) }))
  )
  return [{ name: 'screens', found: screens }, ...found].filter((one) => one.found.length > 0)
}
