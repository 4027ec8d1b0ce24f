import db from '@adonisjs/lucid/services/db'

/** The parts of an address that systems want apart. */
export interface AddressParts {
  prefecture: string
  city: string
  /** 町名番地 and all that follows */
  town: string
}

interface Written {
  postcode: string
  address: string
}

/**
 * Splits addresses by what their postcodes say, in one query. Where a postcode isn't known here, or the address lies
 * elsewhere, all of it is the town.
 */
export async function splitAddresses(written: Written[]): Promise<AddressParts[]> {
  const places: { postcode: string; prefecture: string; city: string; town: string }[] = await db
    .from('postcodes')
    .whereIn('postcode', [...new Set(written.map((one) => one.postcode))])
    .select('postcode', 'prefecture', 'city', 'town')
  const byCode = Map.groupBy(places, (place) => place.postcode)
  return written.map(({ postcode, address }) => {
    const place = byCode
      .get(postcode)
      ?.find(({ city, town }) => address.includes(city) || (town !== '' && address.includes(town)))
    if (!place) return { prefecture: '', city: '', town: address }
    const { prefecture, city } = place
    return { prefecture, city, town: without(without(address, prefecture), city) }
  })
}

function without(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text
}
