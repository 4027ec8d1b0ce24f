import type { Area, PlaceKind } from '#app/catalog/description'

/** Points in a millimeter. */
export const PT = 72 / 25.4
/** Nobody puts more into an envelope with a letter. */
export const MAX_FORM_PAGES = 4

/** A place on a department's own form, and what is printed there. */
export interface FormPlace extends Area {
  id: string
  kind: PlaceKind
  /** of a comb */
  cells?: number
  /** what is printed there or beside it */
  label: string
  /** the column whose value comes here; none: it stays empty */
  word?: string
  /** of a comb: its cells go on from those of the comb before, as of a postcode in three and four */
  goesOn?: boolean
  /** of a comb: the last character stands in the last cell, as of an amount */
  fromRight?: boolean
  /** of a tick or a circle: the value for which it is marked */
  when?: string
  /** letters go without a value, too */
  optional?: boolean
}

/** Whether a place is marked, and nothing written there. */
export function isMark({ kind }: Pick<FormPlace, 'kind'>): boolean {
  return kind === 'tick' || kind === 'circle'
}

/** Lists the words that a form takes from a list, each once; `required`: no letter goes without it. */
export function wordsOf(places: FormPlace[]): { name: string; required: boolean }[] {
  const words = new Map<string, boolean>()
  for (const { word, optional } of places)
    if (word) words.set(word, (words.get(word) ?? false) || !optional)
  return [...words].map(([name, required]) => ({ name, required }))
}
