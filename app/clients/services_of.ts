import { withNewest } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'

/** The services that a person may commission work for, with their names. */
export async function servicesOf(user: User) {
  const services = await visibleTo(Service.query(), user).orderBy('slug')
  return (await withNewest(services)).map(({ service, version }) => ({
    id: service.id,
    clientId: service.clientId,
    homeWorkAgreed: service.homeWorkAgreed,
    name: version.description.name,
  }))
}
