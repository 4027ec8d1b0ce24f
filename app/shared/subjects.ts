/** The records that the flow advances, and their tables. Each has a `wake_at`. */
export const SUBJECT_TABLES = {
  scan: 'scans',
  page: 'pages',
  submission: 'submissions',
  handover: 'handovers',
  reply: 'replies',
  print_run: 'print_runs',
  register_import: 'register_imports',
  blank_form: 'blank_forms',
} as const

export type FlowSubjectType = keyof typeof SUBJECT_TABLES

export interface FlowSubject {
  type: FlowSubjectType
  id: string
}

/** A subject that waits, and in what turn: what comes first of each file goes before what comes later of any. */
export interface Waiting extends FlowSubject {
  turn?: number
}

/** The column that says in what turn a record waits. */
export const TURNS: Partial<Record<FlowSubjectType, string>> = {
  scan: 'pages_kept',
  page: 'number',
}

/** What long work is done with: it is claimed meanwhile. */
export const CLAIMED = ['scan', 'page', 'blank_form'] as const satisfies FlowSubjectType[]

export type ClaimedType = (typeof CLAIMED)[number]

export function isClaimed(type: FlowSubjectType): type is ClaimedType {
  return CLAIMED.some((one) => one === type)
}

export function isFlowSubject(type: string): type is FlowSubjectType {
  return type in SUBJECT_TABLES
}
