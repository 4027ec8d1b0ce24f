import { CallSchema } from '#database/schema'

/** An incoming call. Its number is sealed; an anonymous caller has none. */
export default class Call extends CallSchema {
  /** spoken through an interpreter (電話リレーサービス) or captioned (ヨメテル) */
  declare relay: 'relay' | 'yometel' | null
  declare state: 'ringing' | 'answered' | 'missed' | 'abandoned' | 'ended'
}

/** What the number of a call is bound to. */
export const callSealContext = (id: string) => `calls.number:${id}`
