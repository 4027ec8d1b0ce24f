import { Registry } from '#app/core/registry'

export const DAY_PARTS = ['came', 'waits', 'late', 'leaves', 'people'] as const

/** A number of the day, for who runs it; its words stand in `today.<name>`. */
export interface DayFigure {
  name: string
  part: (typeof DAY_PARTS)[number]
  /** where the same stands as a list; `:today` is Tokyo's date */
  href: string
  /** SQL of the rows that count: from which table, and which; `:today` is Tokyo's date, `:midnight` its beginning */
  rows: string
  /** the column that says since when a row waits */
  since?: string
}

/** The numbers of the day; each room registers its own. */
export const dayFigures = new Registry<DayFigure>('figure of the day')
