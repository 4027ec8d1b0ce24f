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
  const choices = await Promise.all(
    services.map(async (service) => {
      const { description } = await newestVersion(service.id)
      const { connector } = description.handover
      return { id: service.id, slug: service.slug, name: description.name, connector }
    })
  )
  // What is delivered as a file comes on paper: nothing is settled while somebody waits.
  return choices.flatMap((one) =>
    one.connector === 'delivery' ? [] : { ...one, connector: one.connector }
  )
}
