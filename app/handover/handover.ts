import { HandoverSchema } from '#database/schema'

/** A revision given to a digital service. */
export default class Handover extends HandoverSchema {
  declare state:
    | 'pending'
    | 'done'
    | 'full'
    | 'already'
    | 'unclear'
    | 'asked'
    | 'declined'
    | 'waiting'
    | 'canceled'
    | 'checking'
    | 'incomplete'
    | 'late'
}
