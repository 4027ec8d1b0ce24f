import type { Option, Text } from '#app/catalog/description'

/** A dose after the first; it can be booked so many days after the one before it, or later. */
export interface FurtherDose {
  key: string
  label: Text
  daysAfter: number
}

/** One place in a calendar, for a person and a dose. */
export interface BookingHandover {
  connector: 'booking'
  calendar: string
  /** fields of wished times, the dearest first */
  wishes: string[]
  dose: string
  furtherDoses?: FurtherDose[]
  /** yen by option */
  prices: Record<string, number>
}

/** How many ride for a fare; yen, or null where only the driver knows it. */
export interface RiderFare {
  field: string
  label: Text
  yen: number | null
}

/** Seats in a vehicle from one stop to another. */
export interface RideHandover {
  connector: 'ride'
  /** one of each vehicle */
  calendars: string[]
  /** opening hours of the phone desk */
  phoneHours: string
  from: string
  to: string
  wishes: string[]
  fares: RiderFare[]
  /** yen off the first ride, once per person */
  coupon?: number
}

/** The client's ledger of what it expects, and the column for each field that is compared. */
export interface LedgerRules {
  /** the field by which a row is known */
  number: string
  columns: { field: string; heading: string }[]
}

/** A paper that must be enclosed; somebody looks at it and says of which kind it is. It stays on paper. */
export interface EnclosedPaper {
  key: string
  label: Text
  options: Option[]
}

/** Something that may be lacking, and what the letter says of it. */
export interface Fault {
  key: string
  label: Text
  letter: string
}

/** A day of the year after a field's date by which the paper must have arrived. It doesn't move for holidays. */
export interface Deadline {
  after: string
  month: number
  day: number
}

/** What somebody looks at, with the paper in hand, before a submission is accepted. */
export interface AcceptanceRules {
  ledger?: LedgerRules
  /** options that must all be marked */
  needs?: { field: string; options: string[] }[]
  papers: EnclosedPaper[]
  faults: Fault[]
  deadline?: Deadline
}

/** The values themselves are what the client gets, as a file in its own columns. */
export interface DeliveryHandover {
  connector: 'delivery'
  acceptance?: AcceptanceRules
}

export type ServiceHandover = BookingHandover | RideHandover | DeliveryHandover

/** The fields of wished times, the dearest first; none where nothing is booked. */
export function wishesOf(handover: ServiceHandover): string[] {
  return handover.connector === 'delivery' ? [] : handover.wishes
}

/** The calendars in which a service books. */
export function calendarsOf(handover: ServiceHandover): string[] {
  if (handover.connector === 'ride') return handover.calendars
  return handover.connector === 'booking' ? [handover.calendar] : []
}

/** What is looked at before a submission is accepted; none where nothing is. */
export function acceptanceOf(handover: ServiceHandover): AcceptanceRules | null {
  return (handover.connector === 'delivery' && handover.acceptance) || null
}

/** The fields without which nothing can be handed over. */
export function fieldsOf(handover: ServiceHandover): string[] {
  if (handover.connector === 'ride')
    return [
      ...handover.wishes,
      handover.from,
      handover.to,
      ...handover.fares.map((fare) => fare.field),
    ]
  if (handover.connector === 'booking') return handover.wishes
  const { needs = [], ledger, deadline } = handover.acceptance ?? {}
  return [
    ...needs.map((need) => need.field),
    ...(ledger ? [ledger.number, ...ledger.columns.map((column) => column.field)] : []),
    ...(deadline ? [deadline.after] : []),
  ]
}
