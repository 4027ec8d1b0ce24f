import { NOBODY, readRegistered, REGISTER_COLUMNS } from '#app/registry/registered_person'
import type { PersonFacts } from '#app/submissions/search_tokens'
import { foldCell } from '#app/core/tables/fold_cell'

/** The columns of a table that tell, or help to tell, who somebody in it is. */
export const TELLING = [
  'number',
  'kana',
  'name',
  'birthDate',
  'phone',
  'latinName',
  'alias',
] as const
export type TellingColumn = (typeof TELLING)[number]

/** Reads what a row says of who it is about; empty where it says nothing, or nothing that can be read. */
export function factsIn(headings: string[], given: string[]): PersonFacts {
  const facts = { ...NOBODY }
  for (const key of TELLING) {
    const cell = given[telling(headings, key)]
    if (!cell) continue
    const { value, problem } = readRegistered(key, cell)
    if (!problem) facts[key] = value
  }
  return facts
}

/** Finds the column that tells something; -1 where none does. */
export function telling(headings: string[], key: TellingColumn): number {
  const known = REGISTER_COLUMNS[key].headings.map(foldCell)
  return headings.findIndex((heading) => known.includes(foldCell(heading)))
}

/**
 * Lists whom a letter must be allowed for: whom its row is about, under whatever heading the name stands, and whoever
 * else it is addressed to.
 * @param addressee the name on the letter, without how it is addressed
 */
export function peopleMeant(about: PersonFacts, addressee: string): PersonFacts[] {
  const { value: name } = readRegistered('name', addressee)
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '')
  if (!about.name || plain(about.name).replace(/(様|御中)$/, '') === plain(name))
    return [{ ...about, name }]
  return [about, { ...NOBODY, name }]
}
