import type { ConsentNeeded, RegionRule } from '#app/people/consents/entrusted'
import { OrganizationSchema } from '#database/schema'

/** An organization whose people sign in: the center, clients that commission work, partners that go on helping. */
export type OrganizationKind = 'center' | 'client' | 'partner'

/** The center itself, a client (a department or company), or a partner (volunteers, a community centre). */
export default class Organization extends OrganizationSchema {
  declare kind: OrganizationKind
  declare consentNeeded: ConsentNeeded
  declare regionRule: RegionRule
}
