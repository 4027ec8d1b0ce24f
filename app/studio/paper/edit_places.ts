import type { Area, Option, Place, PlaceKind, ServiceFiles } from '#app/catalog/description'
import { inReadingOrder } from '#app/catalog/own_paper'
import {
  findPlace,
  withPlaces,
  changePlaces,
  forgetPlaces,
  fieldOf,
  setField,
} from '#app/studio/paper/own_places'
import { measureField } from '#app/studio/paper/measure_field'

/** A definition with a place moved, resized, or of another kind. */
export function movePlace(
  files: ServiceFiles,
  id: string,
  to: Area & { kind: PlaceKind; cells?: number }
): ServiceFiles {
  const place = findPlace(files, id)
  if (!place) return files
  const cells = to.kind === 'comb' ? (to.cells ?? 1) : undefined
  const moved = changePlaces(files, [place], (one) => ({ ...one, ...to, cells }))
  return place.field ? measureField(moved, place.field) : moved
}

/** A definition with one place more; it is for what it says, as far as that is still there. */
export function addPlace(
  files: ServiceFiles,
  fresh: Omit<Place, 'id'>,
  option?: Option
): { files: ServiceFiles; id: string } {
  const places = files.ownPaper!.places
  const id = `p${1 + Math.max(0, ...places.map((place) => Number(place.id.slice(1)) || 0))}`
  const field = fresh.field ? fieldOf(files, fresh.field) : undefined
  const place: Place = { ...fresh, id, ...(field ? {} : { field: undefined, option: undefined }) }
  const added = withPlaces(files, [...places, place])
  if (!field) return { files: added, id }
  const known = (field.options ?? []).some(({ value }) => value === option?.value)
  const options = option && !known ? [...(field.options ?? []), option] : field.options
  return { files: measureField(setField(added, { ...field, options }), field.key), id }
}

/** A definition without a place. */
export function removePlace(files: ServiceFiles, id: string): ServiceFiles {
  const place = findPlace(files, id)
  if (!place) return files
  return withPlaces(
    forgetPlaces(files, [place]),
    files.ownPaper!.places.filter((one) => one.id !== id)
  )
}

/** Places beside one that may belong to the same answer: on its line first, then the nearest. */
export function neighborsOf(places: Place[], place: Place, max: number): Place[] {
  const kinds: PlaceKind[] =
    place.kind === 'tick' || place.kind === 'circle' ? ['tick', 'circle'] : [place.kind]
  const height = ({ y, height: own }: Place) => y + own / 2
  const distance = (one: Place) =>
    Math.abs(height(one) - height(place)) * 4 + Math.abs(one.x - place.x) * 0.5
  const near = places
    .filter((one) => one.id !== place.id && one.page === place.page && kinds.includes(one.kind))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, max)
  return inReadingOrder(near)
}
