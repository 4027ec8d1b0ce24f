import type { ServiceFiles } from '#app/catalog/description'
import { around } from '#app/reading/layout/blank_page'
import { fieldOf, setField } from '#app/studio/paper/own_places'

/** Limits of what our own form template could print, and definitions therefore allow (mm, cells). */
export const LIMITS = { width: [10, 166], height: [5, 120], cells: [1, 18] } as const

/** A field's size and cells as its places are. */
export function measureField(files: ServiceFiles, key: string): ServiceFiles {
  const field = fieldOf(files, key)
  const places = files.ownPaper!.places.filter((place) => place.field === key)
  if (!field || places.length === 0) return files
  const within = (value: number, [least, max]: readonly [number, number]) =>
    Math.max(least, Math.min(max, Math.round(value)))
  const whole = around(places)
  const cells = places.reduce((sum, place) => sum + (place.cells ?? 0), 0)
  return setField(files, {
    ...field,
    width: within(whole.width, LIMITS.width),
    height: within(Math.max(...places.map((place) => place.height)), LIMITS.height),
    ...(cells > 0 ? { cells: within(cells, LIMITS.cells) } : {}),
  })
}
