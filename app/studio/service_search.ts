import { listServices } from '#app/studio/list_services'
import type { Search } from '#app/people/searches'

/** Services by name; an installation has a few. */
export const serviceSearch: Search = {
  name: 'services',
  permission: 'services.define',
  async find(user, words, limit, locale) {
    return (await listServices(user))
      .filter(
        ({ name, number }) => number && name[locale].toLowerCase().includes(words.toLowerCase())
      )
      .slice(0, limit)
      .map(({ name, slug, client }) => ({
        label: name[locale],
        note: client,
        href: `/services/${slug}`,
      }))
  },
}
