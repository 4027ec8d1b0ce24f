import type { ServiceFiles } from '#app/catalog/description'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import Organization from '#app/people/organization'
import type { Companions } from '#app/studio/companions/companions'
import { letterheadNow } from '#app/core/center_settings'

export interface OwnCity {
  files: ServiceFiles
  brings: Companions
  /** another city's names have given way */
  isRenamed: boolean
  /** nobody has said of which city this center is: the other's address would stand on its letters */
  isUnknown: boolean
}

/**
 * Puts a city's own name, address and phone in the place of those of the city that a kit comes from: as the service
 * has them here already, else as the letterhead says.
 */
export async function inOwnCity(
  files: ServiceFiles,
  brings: Companions,
  clientSlug: string
): Promise<OwnCity> {
  const known = await Service.findBy('slug', files.slug)
  const contact = known
    ? (await newestVersion(known.id)).description.contact
    : await contactHere(files, clientSlug)
  const { city: from } = files.contact
  const to = contact?.city ?? ''
  if (!contact || !to) return { files, brings, isRenamed: false, isUnknown: true }
  if (!from || from === to) return { files, brings, isRenamed: false, isUnknown: false }
  const named = withCity({ files, brings }, from, to)
  return {
    files: { ...named.files, contact },
    brings: named.brings,
    isRenamed: true,
    isUnknown: false,
  }
}

async function contactHere(
  { contact }: ServiceFiles,
  clientSlug: string
): Promise<ServiceFiles['contact'] | null> {
  const { city, postcode, address, phone, fax, hours } = await letterheadNow()
  if (!city || !address || !phone) return null
  const client = await Organization.query().where({ slug: clientSlug, kind: 'client' }).first()
  return {
    ...contact,
    city,
    postcode,
    address,
    phone,
    fax,
    hours,
    office: client?.name ?? contact.office,
  }
}

/**
 * Puts a city in another's place in every text. Where a longer name ends with its own (大津市 with 津市) it isn't meant;
 * behind a prefecture (長野県青嶺市) it is.
 */
function withCity<T>(value: T, from: string, to: string): T {
  const isMeant = (before: string) => !/\p{sc=Han}/u.test(before) || /[都道府県]/.test(before)
  return JSON.parse(JSON.stringify(value), (_key, one: unknown) =>
    typeof one === 'string'
      ? one.replaceAll(from, (found, at: number) => (isMeant(one.charAt(at - 1)) ? to : found))
      : one
  ) as T
}
