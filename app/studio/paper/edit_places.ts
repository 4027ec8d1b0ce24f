import { kindOf } from '#app/catalog/field_values'
import type {
  Area,
  EntryGroup,
  Field,
  Option,
  OwnPaper,
  Place,
  PlaceKind,
  ServiceFiles,
} from '#app/catalog/description'
import { inReadingOrder } from '#app/catalog/own_paper'
import { putField, putGroup } from '#app/studio/edit_draft'
import { around } from '#app/reading/layout/blank_page'
import { eraLetter, guessField } from '#app/reading/layout/guess_field'

/** What a clerk says of a place. */
export interface PlaceUse {
  /** a field that is there already, a new one, or a My Number */
  what: { field: string } | { fresh: FreshField } | 'secret'
  /** other places that belong to the same: options, combs, or pieces of one box */
  together: string[]
  /** the places that were offered as belonging to it: those not taken don't */
  offered?: string[]
  /** of a tick or circle: what it stands for */
  option?: string
}

export interface FreshField {
  label: string
  kind: string
  required: boolean
  linkable: boolean
  /** group on the place's page; none makes one */
  group?: string
}

/** What our own form template could print, and definitions therefore allow (mm, cells). */
const LIMITS = { width: [10, 166], height: [5, 120], cells: [1, 18] } as const

/** The places of a draft, in reading order. */
export function placesOf({ ownPaper }: ServiceFiles): Place[] {
  return inReadingOrder(ownPaper?.places ?? [])
}

/** A definition in which a place is for what a clerk says; others may belong to it. */
export function usePlace(files: ServiceFiles, id: string, use: PlaceUse): ServiceFiles {
  const place = find(files, id)
  if (!place) return files
  const others = use.together.flatMap((other) => find(files, other) ?? [])
  const staying = typeof use.what === 'object' && 'field' in use.what ? use.what.field : null
  const left = (use.offered ?? []).flatMap((other) => {
    const one = use.together.includes(other) ? undefined : find(files, other)
    return one?.field && one.field === place.field ? one : []
  })
  // What stays in its field keeps its option: other parts of the definition know it by its value.
  const going = [place, ...others].filter((one) => one.field !== staying)
  const cleared = forget(files, [...going, ...left])
  if (use.what === 'secret')
    return change(cleared, [place, ...others], (one) => ({ ...one, secret: true }))
  const { files: joined, places } = joinBoxes(
    cleared,
    find(cleared, place.id)!,
    others.flatMap((other) => find(cleared, other.id) ?? [])
  )
  const first = places[0]
  const key = 'field' in use.what ? use.what.field : freeKey(joined, use.what.fresh)
  const named = 'fresh' in use.what ? withField(joined, key, first, use.what.fresh) : joined
  const placed = change(named, places, (one) => ({ ...one, field: key }))
  return measure(withOptions(placed, key, places, use.option), key)
}

/** A definition with a place moved, resized, or of another kind. */
export function movePlace(
  files: ServiceFiles,
  id: string,
  to: Area & { kind: PlaceKind; cells?: number }
): ServiceFiles {
  const place = find(files, id)
  if (!place) return files
  const cells = to.kind === 'comb' ? (to.cells ?? 1) : undefined
  const moved = change(files, [place], (one) => ({ ...one, ...to, cells }))
  return place.field ? measure(moved, place.field) : moved
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
  return { files: measure(setField(added, { ...field, options }), field.key), id }
}

/** A definition without a place. */
export function removePlace(files: ServiceFiles, id: string): ServiceFiles {
  const place = find(files, id)
  if (!place) return files
  return withPlaces(
    forget(files, [place]),
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

function find(files: ServiceFiles, id: string): Place | undefined {
  return files.ownPaper?.places.find((place) => place.id === id)
}

function withPlaces(files: ServiceFiles, places: Place[]): ServiceFiles {
  const ownPaper: OwnPaper = { pages: [], ...files.ownPaper, places }
  return { ...files, ownPaper }
}

function change(files: ServiceFiles, places: Place[], to: (place: Place) => Place): ServiceFiles {
  const ids = new Set(places.map((place) => place.id))
  return withPlaces(
    files,
    files.ownPaper!.places.map((place) => (ids.has(place.id) ? to(place) : place))
  )
}

/** Places that are for nothing any more; their fields lose the options that stood there. */
function forget(files: ServiceFiles, places: Place[]): ServiceFiles {
  const gone = places.flatMap(({ field, option }) => (field && option ? [{ field, option }] : []))
  const plain = change(files, places, (place) => ({
    ...place,
    field: undefined,
    option: undefined,
    secret: undefined,
  }))
  return {
    ...plain,
    groups: plain.groups.map((group) => ({
      ...group,
      fields: group.fields.map((field) =>
        field.options
          ? {
              ...field,
              options: field.options.filter(
                (option) =>
                  !gone.some((one) => one.field === field.key && one.option === option.value)
              ),
            }
          : field
      ),
    })),
  }
}

/** Pieces of one box become one place; combs and options stay places of their own. */
function joinBoxes(
  files: ServiceFiles,
  place: Place,
  others: Place[]
): { files: ServiceFiles; places: Place[] } {
  if (place.kind !== 'box') return { files, places: inReadingOrder([place, ...others]) }
  if (others.length === 0) return { files, places: [place] }
  const whole = { ...place, ...around([place, ...others]) }
  const gone = new Set(others.map((other) => other.id))
  const rest = files.ownPaper!.places.filter((one) => !gone.has(one.id))
  return {
    files: withPlaces(
      files,
      rest.map((one) => (one.id === place.id ? whole : one))
    ),
    places: [whole],
  }
}

/** A key that isn't taken: what the field's name says, or a number. */
function freeKey(files: ServiceFiles, { label }: FreshField): string {
  const taken = new Set(files.groups.flatMap((group) => group.fields.map((field) => field.key)))
  const said = guessField({ kind: 'box', label }).key
  if (said && !taken.has(said)) return said
  const stem = said ?? 'field'
  let number = said ? 2 : 1
  while (taken.has(`${stem}_${number}`)) number++
  return `${stem}_${number}`
}

function withField(
  files: ServiceFiles,
  key: string,
  place: Place,
  { label, kind, required, linkable, group }: FreshField
): ServiceFiles {
  const inPage = files.groups.filter((one) => one.page === place.page)
  const chosen = inPage.find((one) => one.key === group) ?? inPage.at(-1)
  const home: EntryGroup['home'] = 'never'
  const fresh = {
    key: `page_${place.page}`,
    page: place.page,
    home,
    label: { ja: `${place.page}ページ`, en: `Page ${place.page}` },
  }
  const field: Field = {
    key,
    kind,
    label: { ja: label, en: label },
    required,
    height: LIMITS.height[0],
    ...(linkable ? { linkable } : {}),
    ...(place.kind === 'tick' || place.kind === 'circle' ? { options: [] } : {}),
    ...(place.kind === 'circle' ? { marks: 'words' as const } : {}),
  }
  const guide = files.guide.fields[key] ?? { ja: '', en: '' }
  return putField(chosen ? files : putGroup(files, fresh), chosen?.key ?? fresh.key, field, guide)
}

/** Every tick and circle of a field stands for an option: the one of that name, or a new one. */
function withOptions(
  files: ServiceFiles,
  key: string,
  places: Place[],
  first: string | undefined
): ServiceFiles {
  const marks = places.filter((place) => place.kind === 'tick' || place.kind === 'circle')
  return marks.reduce((all, place) => {
    const label = (place === marks[0] && first) || place.label || `${place.id}`
    const field = fieldOf(all, key)
    if (!field) return all
    const options = field.options ?? []
    const own = options.find((option) => option.value === place.option)
    if (own) {
      if (place !== marks[0] || !first || own.label.ja === first) return all
      const named = { ...own, label: { ...own.label, ja: first } }
      return setField(all, {
        ...field,
        options: options.map((option) => (option === own ? named : option)),
      })
    }
    const placed = (option: { value: string }) =>
      all.ownPaper!.places.some(
        (one) => one.id !== place.id && one.field === key && one.option === option.value
      )
    // Two boxes of one name are two answers.
    const known = options.find((option) => option.label.ja === label && !placed(option))
    const era = kindOf(field).paper === 'era_date' ? eraLetter(label) : undefined
    const value = era ?? known?.value ?? `o${1 + Math.max(0, ...options.map(numberOf))}`
    const next = known ? options : [...options, { value, label: { ja: label, en: label } }]
    return change(setField(all, { ...field, options: next }), [place], (one) => ({
      ...one,
      option: value,
    }))
  }, files)
}

function numberOf({ value }: { value: string }): number {
  return Number(/^o(\d+)$/.exec(value)?.[1] ?? 0)
}

/** A field's size and cells as its places are. */
function measure(files: ServiceFiles, key: string): ServiceFiles {
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

function fieldOf(files: ServiceFiles, key: string): Field | undefined {
  return files.groups.flatMap((group) => group.fields).find((field) => field.key === key)
}

function setField(files: ServiceFiles, field: Field): ServiceFiles {
  return {
    ...files,
    groups: files.groups.map((group) => ({
      ...group,
      fields: group.fields.map((one) => (one.key === field.key ? field : one)),
    })),
  }
}
