import { kindOf } from '#app/catalog/field_values'
import type { EntryGroup, Field, Place, ServiceFiles } from '#app/catalog/description'
import { inReadingOrder } from '#app/catalog/own_paper'
import { putField, putGroup } from '#app/studio/edit_draft'
import { around } from '#app/reading/layout/blank_page'
import { eraLetter, guessField } from '#app/reading/layout/guess_field'
import {
  findPlace,
  withPlaces,
  changePlaces,
  forgetPlaces,
  fieldOf,
  setField,
} from '#app/studio/paper/own_places'
import { LIMITS, measureField } from '#app/studio/paper/measure_field'

/** A clerk's words on a place. */
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

/** A definition in which a place is for what a clerk says; others may belong to it. */
export function usePlace(files: ServiceFiles, id: string, use: PlaceUse): ServiceFiles {
  const place = findPlace(files, id)
  if (!place) return files
  const others = use.together.flatMap((other) => findPlace(files, other) ?? [])
  const staying = typeof use.what === 'object' && 'field' in use.what ? use.what.field : null
  const left = (use.offered ?? []).flatMap((other) => {
    const one = use.together.includes(other) ? undefined : findPlace(files, other)
    return one?.field && one.field === place.field ? one : []
  })
  // What stays in its field keeps its option: other parts of the definition know it by its value.
  const going = [place, ...others].filter((one) => one.field !== staying)
  const cleared = forgetPlaces(files, [...going, ...left])
  if (use.what === 'secret')
    return changePlaces(cleared, [place, ...others], (one) => ({ ...one, secret: true }))
  const { files: joined, places } = joinBoxes(
    cleared,
    findPlace(cleared, place.id)!,
    others.flatMap((other) => findPlace(cleared, other.id) ?? [])
  )
  const first = places[0]
  const key = 'field' in use.what ? use.what.field : freeKey(joined, use.what.fresh)
  const named = 'fresh' in use.what ? withField(joined, key, first, use.what.fresh) : joined
  const placed = changePlaces(named, places, (one) => ({ ...one, field: key }))
  return measureField(withOptions(placed, key, places, use.option), key)
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
    return changePlaces(setField(all, { ...field, options: next }), [place], (one) => ({
      ...one,
      option: value,
    }))
  }, files)
}

function numberOf({ value }: { value: string }): number {
  return Number(/^o(\d+)$/.exec(value)?.[1] ?? 0)
}
