/** Of some fields, how many were wrong; per cent, with its 95 % interval (Wilson). */
export interface ErrorRate {
  fields: number
  wrong: number
  percent: number
  from: number
  to: number
}

/** 97.5 % quantile of the normal distribution. */
const Z = 1.96

/** Estimates a rate of errors from a sample. */
export function errorRate(fields: number, wrong: number): ErrorRate {
  if (fields === 0) return { fields, wrong, percent: 0, from: 0, to: 100 }
  const p = wrong / fields
  const z2 = Z * Z
  const middle = (p + z2 / (2 * fields)) / (1 + z2 / fields)
  const half = (Z * Math.sqrt((p * (1 - p) + z2 / (4 * fields)) / fields)) / (1 + z2 / fields)
  const percent = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10
  return {
    fields,
    wrong,
    percent: percent(p),
    from: percent(middle - half),
    to: percent(middle + half),
  }
}
