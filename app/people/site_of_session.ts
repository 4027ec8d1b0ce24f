import type { HttpContext } from '@adonisjs/core/http'
import type { Site } from '#app/people/user'

/** The sessions' name for it, also in those that began before an update. */
const KEY = 'place'

/** Tells where whoever has signed in works. */
export function siteOfSession(session: HttpContext['session']): Site {
  return session.get(KEY, 'center')
}

export function keepSite(session: HttpContext['session'], site: Site): void {
  session.put(KEY, site)
}
