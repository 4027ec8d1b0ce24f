/**
 * The application's clock: it supplies Tokyo dates only. Leases, holds and wake times are the
 * database's `now()`.
 */

export const TIME_ZONE = 'Asia/Tokyo'

/** In tests the whole program can live on another day: every process of it, as far from the real time as the others. */
const SHIFT_MS = process.env.NODE_ENV === 'test' ? Number(process.env.CLOCK_SHIFT_MS ?? 0) : 0

const real = () => new Date(Date.now() + SHIFT_MS)

let source: () => Date = real

const dateParts = new Intl.DateTimeFormat('sv-SE', { timeZone: TIME_ZONE, dateStyle: 'short' })
const timeParts = new Intl.DateTimeFormat('sv-SE', {
  timeZone: TIME_ZONE,
  dateStyle: 'short',
  timeStyle: 'short',
})

/** This moment, by the application's clock. */
export function now(): Date {
  return source()
}

/** Today in Tokyo, `YYYY-MM-DD`. */
export function today(): string {
  return dateParts.format(source())
}

/** Now in Tokyo, `YYYY-MM-DDTHH:MM`. */
export function wallTime(moment: Date = source()): string {
  return timeParts.format(moment).replace(' ', 'T')
}

/** Sets the clock (tests); returns the function that gives the real one back. */
export function setClock(isoMoment: string): () => void {
  source = () => new Date(isoMoment)
  return () => {
    source = real
  }
}
