import type { Area, Blackout, OwnPaper, Place, Zone } from '#app/catalog/description'

/** A city's own blank form: the file as it was handed in, and what its pages look like (PNG, 200 dpi, gray). */
export interface Paper {
  file: Buffer
  blanks: Buffer[]
}

/** Two places whose middles lie within this (mm) stand on one line. */
const LINE = 4

/** The zones of a form that the city already has: what was said to be a field's place. Cells count on from comb to comb. */
export function zonesOf({ places }: OwnPaper): Zone[] {
  const fields = Map.groupBy(
    places.filter((place) => place.field),
    (place) => place.field!
  )
  return [...fields].flatMap(([field, own]) => {
    let index = 0
    return inReadingOrder(own).flatMap((place): Zone[] => {
      const { page, x, y, width, height } = place
      if (place.kind === 'box') return [{ field, part: 'box', page, x, y, width, height }]
      if (place.kind !== 'comb') return [optionZone(field, place)]
      const cells = place.cells ?? 1
      return Array.from({ length: cells }, (_, cell) => ({
        field,
        part: 'cell',
        index: index++,
        page,
        x: x + (width * cell) / cells,
        y,
        width: width / cells,
        height,
      }))
    })
  })
}

/** Lists what is blacked out of such a form. */
export function blackoutsOf({ places }: OwnPaper): Blackout[] {
  return places
    .filter((place) => place.secret)
    .map(({ page, x, y, width, height }) => ({ page, x, y, width, height }))
}

/** Line by line, each from the left. */
export function inReadingOrder<T extends Area>(places: T[]): T[] {
  const sorted = places.toSorted((a, b) => a.page - b.page || middle(a) - middle(b))
  const lines: T[][] = []
  for (const place of sorted) {
    const line = lines.at(-1)
    const same = line && line[0].page === place.page && middle(place) - middle(line[0]) < LINE
    if (same) line.push(place)
    else lines.push([place])
  }
  return lines.flatMap((line) => line.toSorted((a, b) => a.x - b.x))
}

function optionZone(field: string, { page, x, y, width, height, option, kind }: Place): Zone {
  const shape = kind === 'circle' ? { shape: 'word' as const } : {}
  return { field, part: 'option', option, ...shape, page, x, y, width, height }
}

function middle({ y, height }: Area): number {
  return y + height / 2
}
