import type { Area, PlaceKind } from '#app/catalog/description'

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
  /** of a tick or a circle: the value for which it is marked */
  when?: string
  /** letters go without a value, too */
  optional?: boolean
}

/** Lists the words that a form takes from a list, each once; `required`: no letter goes without it. */
export function wordsOf(places: FormPlace[]): { name: string; required: boolean }[] {
  const words = new Map<string, boolean>()
  for (const { word, optional } of places)
    if (word) words.set(word, (words.get(word) ?? false) || !optional)
  return [...words].map(([name, required]) => ({ name, required }))
}
