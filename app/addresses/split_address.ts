import db from '@adonisjs/lucid/services/db'

/** The parts of an address that systems want apart. */
export interface AddressParts {
  prefecture: string
  city: string
  /** 町名番地 and all that follows */
  town: string
}

/** Splits an address by what its postcode says; where the postcode isn't known here, all of it is the town. */
export async function splitAddress(postcode: string, address: string): Promise<AddressParts> {
  const place: { prefecture: string; city: string } | null =
    postcode === ''
      ? null
      : await db.from('postcodes').where('postcode', postcode).select('prefecture', 'city').first()
  if (!place) return { prefecture: '', city: '', town: address }
  const { prefecture, city } = place
  return { prefecture, city, town: without(without(address, prefecture), city) }
}

function without(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text
}
