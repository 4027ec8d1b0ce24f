import type { Field, OwnPaper, Place, ServiceFiles } from '#app/catalog/description'
import { inReadingOrder } from '#app/catalog/own_paper'

/** The places of a draft, in reading order. */
export function placesOf({ ownPaper }: ServiceFiles): Place[] {
  return inReadingOrder(ownPaper?.places ?? [])
}

export function findPlace(files: ServiceFiles, id: string): Place | undefined {
  return files.ownPaper?.places.find((place) => place.id === id)
}

export function withPlaces(files: ServiceFiles, places: Place[]): ServiceFiles {
  const ownPaper: OwnPaper = { pages: [], ...files.ownPaper, places }
  return { ...files, ownPaper }
}

export function changePlaces(
  files: ServiceFiles,
  places: Place[],
  to: (place: Place) => Place
): ServiceFiles {
  const ids = new Set(places.map((place) => place.id))
  return withPlaces(
    files,
    files.ownPaper!.places.map((place) => (ids.has(place.id) ? to(place) : place))
  )
}

/** Places that are for nothing any more; their fields lose the options that stood there. */
export function forgetPlaces(files: ServiceFiles, places: Place[]): ServiceFiles {
  const gone = places.flatMap(({ field, option }) => (field && option ? [{ field, option }] : []))
  const plain = changePlaces(files, places, (place) => ({
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

export function fieldOf(files: ServiceFiles, key: string): Field | undefined {
  return files.groups.flatMap((group) => group.fields).find((field) => field.key === key)
}

export function setField(files: ServiceFiles, field: Field): ServiceFiles {
  return {
    ...files,
    groups: files.groups.map((group) => ({
      ...group,
      fields: group.fields.map((one) => (one.key === field.key ? field : one)),
    })),
  }
}
