import { VisitSchema } from '#database/schema'

/** Somebody being helped at the counter or on the phone, for one or several people. */
export default class Visit extends VisitSchema {
  declare channel: 'counter' | 'phone'
  declare askedBy: 'self' | 'family' | 'proxy' | null
}
