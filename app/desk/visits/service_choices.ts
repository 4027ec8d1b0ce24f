import type { Text } from '#app/catalog/description'
import Service from '#app/catalog/service'
import { withNewest } from '#app/catalog/frozen_version'

export interface ServiceChoice {
  id: string
  slug: string
  name: Text
  connector: 'booking' | 'ride'
}

/** The services that somebody can be helped with right away; the one most asked for first. */
export async function serviceChoices(): Promise<ServiceChoice[]> {
  const services = await Service.query().orderBy('createdAt').orderBy('id')
  return (await withNewest(services)).flatMap(({ service, version: { description } }) => {
    const { connector } = description.handover
    // What is delivered as a file comes on paper: nothing is settled while somebody waits.
    if (connector === 'delivery') return []
    return { id: service.id, slug: service.slug, name: description.name, connector }
  })
}
