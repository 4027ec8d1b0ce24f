import type { Option, Text } from '#app/catalog/description'
import type { ServiceHandover } from '#app/catalog/handover_rules'

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

/** Rules for what somebody looks at, with the paper in hand, before a submission is accepted. */
export interface AcceptanceRules {
  ledger?: LedgerRules
  /** options that must all be marked */
  needs?: { field: string; options: string[] }[]
  papers: EnclosedPaper[]
  faults: Fault[]
  deadline?: Deadline
}

/** Returns what is looked at before a submission is accepted; null where nothing is. */
export function acceptanceOf(handover: ServiceHandover): AcceptanceRules | null {
  return (handover as ServiceHandover & { acceptance?: AcceptanceRules }).acceptance ?? null
}
