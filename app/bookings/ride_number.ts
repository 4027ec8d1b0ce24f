import { blindIndex, blindIndexes } from '#app/core/sealing'

const PURPOSE = 'ride:number'

/** The booking number of a ride is the last four digits of the phone; kept as a token, to notice two of one day. */
export function rideNumberToken(phone: string): string | null {
  return phone.length >= 4 ? blindIndex(phone.slice(-4), PURPOSE) : null
}

/** The same under all current keys, to look up with. */
export function rideNumberTokens(phone: string): string[] {
  return blindIndexes(phone.slice(-4), PURPOSE)
}
