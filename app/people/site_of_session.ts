import type { HttpContext } from '@adonisjs/core/http'
import type { Site } from '#app/people/user'

/** What sessions call it, also those that began before an update. */
const KEY = 'place'

/** Where whoever has signed in works. */
export function siteOfSession(session: HttpContext['session']): Site {
  return session.get(KEY, 'center')
}

export function keepSite(session: HttpContext['session'], site: Site): void {
  session.put(KEY, site)
}
