/** The records that the flow advances, and their tables. */
export const SUBJECT_TABLES = {
  scan: 'scans',
  page: 'pages',
  submission: 'submissions',
  handover: 'handovers',
  reply: 'replies',
  print_run: 'print_runs',
  register_import: 'register_imports',
  ledger_import: 'ledger_imports',
  blank_form: 'blank_forms',
  slot: 'slots',
  export: 'exports',
} as const

export type FlowSubjectType = keyof typeof SUBJECT_TABLES

export interface FlowSubject {
  type: FlowSubjectType
  id: string
}

/** What says in SQL where a record stands on its road; `state` where nothing else is said. */
export const STATES: Partial<Record<FlowSubjectType, string>> = {
  slot: `case when closed_at is null then 'open' else 'closed' end`,
}

/** A subject that is to be advanced. */
export interface Waiting extends FlowSubject {
  /** what comes first of each file goes before what comes later of any */
  turn?: number
  /** not before so many seconds */
  after?: number
}

/** What long work is done with: it is claimed meanwhile. */
export const CLAIMED = [
  'scan',
  'page',
  'blank_form',
  'export',
  'register_import',
  'ledger_import',
] as const satisfies FlowSubjectType[]

export type ClaimedType = (typeof CLAIMED)[number]

export function isClaimed(type: FlowSubjectType): type is ClaimedType {
  return CLAIMED.some((one) => one === type)
}

export function isFlowSubject(type: string): type is FlowSubjectType {
  return type in SUBJECT_TABLES
}
