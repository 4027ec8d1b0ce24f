import { EngagementSchema } from '#database/schema'
import { addDays } from '#app/core/japanese_calendar'

export const ENGAGEMENT_KINDS = ['entrusted', 'contracted', 'employed'] as const

/** A non-disclosure agreement that ends is to be renewed from so many days before. */
export const NDA_SOON_DAYS = 30
/** A contract that ends is spoken about from so many days before. */
export const CONTRACT_SOON_DAYS = 45
/** That one of so many days or more isn't renewed is said 30 days before (フリーランス法 16条). */
const LONG_CONTRACT_DAYS = 180
/** Qualifications, and clients' consents, that end are spoken about from so many days before. */
export const SOON_DAYS = 30
/** Training in privacy is repeated after so many days. */
export const TRAINING_DAYS = 365

export type Concern =
  | 'no_record'
  | 'nda_missing'
  | 'nda_over'
  | 'nda_soon'
  | 'contract_over'
  | 'contract_soon'
  | 'contract_notice'
  | 'qualification_over'
  | 'qualification_soon'
  | 'consent_soon'
  | 'training_missing'
  | 'training_old'

/** The terms on which somebody works for the center, and what they have signed. Dates are `YYYY-MM-DD`. */
export default class Engagement extends EngagementSchema {
  // Of one person one.
  static override primaryKey = 'userId'
  static override selfAssignPrimaryKey = true
  declare kind: (typeof ENGAGEMENT_KINDS)[number]
  declare startsOn: string
  declare endsOn: string | null
  declare ndaUntil: string | null
  declare trainedOn: string | null
}

/** Lists what somebody must see to about a person's terms, as of a date. */
export function concernsOf(
  terms: Pick<Engagement, 'startsOn' | 'endsOn' | 'ndaUntil' | 'trainedOn'> | null,
  { today, qualificationUntil, consentUntil }: Ends
): Concern[] {
  const others = endsSoon(qualificationUntil, consentUntil, today)
  if (!terms) return ['no_record', ...others]
  const { startsOn, endsOn, ndaUntil, trainedOn } = terms
  const isLong = endsOn !== null && endsOn >= addDays(startsOn, LONG_CONTRACT_DAYS - 1)
  const concerns: (Concern | false)[] = [
    ndaUntil === null && 'nda_missing',
    ndaUntil !== null && ndaUntil < today && 'nda_over',
    ndaUntil !== null &&
      ndaUntil >= today &&
      ndaUntil <= addDays(today, NDA_SOON_DAYS) &&
      'nda_soon',
    endsOn !== null && endsOn < today && 'contract_over',
    endsOn !== null &&
      endsOn >= today &&
      endsOn <= addDays(today, CONTRACT_SOON_DAYS) &&
      (isLong ? 'contract_notice' : 'contract_soon'),
    trainedOn === null && 'training_missing',
    trainedOn !== null && trainedOn < addDays(today, -TRAINING_DAYS) && 'training_old',
  ]
  return [...concerns.filter((one) => one !== false), ...others]
}

/** Days on which something of somebody ends, the earliest of each; null where nothing does. */
export interface Ends {
  today: string
  qualificationUntil: string | null
  consentUntil: string | null
}

function endsSoon(
  qualificationUntil: string | null,
  consentUntil: string | null,
  today: string
): Concern[] {
  const soon = addDays(today, SOON_DAYS)
  const concerns: (Concern | false)[] = [
    qualificationUntil !== null && qualificationUntil < today && 'qualification_over',
    qualificationUntil !== null &&
      qualificationUntil >= today &&
      qualificationUntil <= soon &&
      'qualification_soon',
    consentUntil !== null && consentUntil >= today && consentUntil <= soon && 'consent_soon',
  ]
  return concerns.filter((one) => one !== false)
}
