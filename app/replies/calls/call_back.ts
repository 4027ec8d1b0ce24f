import { CallBackSchema } from '#database/schema'

/** Somebody who is to be called: they couldn't reach us, their day is closed, or a place has become free. */
export default class CallBack extends CallBackSchema {
  declare state: 'open' | 'reached' | 'declined' | 'letter' | 'given_up'
}

/** What came of one call. `accepted` and `declined` answer an offered time. */
export const OUTCOMES = [
  'reached',
  'accepted',
  'declined',
  'family',
  'voicemail',
  'no_answer',
  'busy',
  'wrong_number',
] as const
export type CallOutcome = (typeof OUTCOMES)[number]
