import type { Text } from '#app/catalog/description'
import Service from '#app/catalog/service'
import { newestVersion } from '#app/catalog/frozen_version'

export interface ServiceChoice {
  id: string
  slug: string
  name: Text
  connector: 'booking' | 'ride'
}

/** The services that somebody can be helped with right away; the one most asked for first. */
export async function serviceChoices(): Promise<ServiceChoice[]> {
  const services = await Service.query().orderBy('createdAt').orderBy('id')
  return Promise.all(
    services.map(async (service) => {
      const { description } = await newestVersion(service.id)
      return {
        id: service.id,
        slug: service.slug,
        name: description.name,
        connector: description.handover.connector,
      }
    })
  )
}
