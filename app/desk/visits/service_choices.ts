import type { Text } from '#app/catalog/description'
import Service from '#app/catalog/service'
import { rulesOf } from '#app/catalog/handover_rules'
import { withNewest } from '#app/catalog/frozen_version'

export interface ServiceChoice {
  id: string
  slug: string
  name: Text
}

/** The services that somebody can be helped with right away; the one most asked for first. */
export async function serviceChoices(): Promise<ServiceChoice[]> {
  const services = await Service.query().orderBy('createdAt').orderBy('id')
  return (await withNewest(services)).flatMap(({ service, version: { description } }) => {
    // What is delivered as a file comes on paper: nothing is settled while somebody waits.
    if (!rulesOf(description.handover).assisted) return []
    return { id: service.id, slug: service.slug, name: description.name }
  })
}
