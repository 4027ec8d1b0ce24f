import { Registry } from '#app/core/registry'

/** A number that tells how the installation stands. */
export interface Gauge {
  /** its words stand in `health.<name>`; metrics call it hashiwatashi_<name> */
  name: string
  unit: 'seconds' | 'bytes' | 'count' | 'hours'
  /** from here on somebody should look, and from here on something is broken; below it for `isRoom` */
  warn?: number
  fail?: number
  /** the more the better: room that is left */
  isRoom?: true
  /** null where there is nothing to measure; must stay cheap */
  read(): Promise<number | null>
}

/** The gauges of this installation; each room registers its own. */
export const gauges = new Registry<Gauge>('gauge')

export type Standing = 'ok' | 'warning' | 'error'

/** Judges a number by its gauge's limits. */
export function standingOf({ warn, fail, isRoom }: Gauge, value: number | null): Standing {
  if (value === null) return 'ok'
  const isBeyond = (limit: number | undefined) =>
    limit !== undefined && (isRoom ? value < limit : value > limit)
  return isBeyond(fail) ? 'error' : isBeyond(warn) ? 'warning' : 'ok'
}
