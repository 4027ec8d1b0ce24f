export interface Figure {
  name: string
  value: number
  unit: string
}

/** The same measured on what a user would pick instead, in the same run. */
export interface Baseline {
  name: string
  value: number
  /** false where less is better */
  moreIsBetter: boolean
}

/** Prints one figure as a JSON line; a ratio over 1 is better than the baseline. */
export function report(bench: string, { name, value, unit }: Figure, baseline?: Baseline): void {
  const beside = baseline && {
    baseline: baseline.name,
    baseline_value: rounded(baseline.value),
    ratio: rounded(baseline.moreIsBetter ? value / baseline.value : baseline.value / value),
  }
  console.log(JSON.stringify({ bench, name, value: rounded(value), unit, ...beside }))
}

/** Returns the time below which so many percent lie (ms). */
export function percentile(times: number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))]
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
