import { OrganizationSchema } from '#database/schema'

/** The center itself, or a client: a department or company that commissions work. */
export default class Organization extends OrganizationSchema {
  declare kind: 'center' | 'client'
}
