/** The records that the flow advances, and their tables. Each has a `wake_at`. */
export const SUBJECT_TABLES = {
  scan: 'scans',
  page: 'pages',
  submission: 'submissions',
  handover: 'handovers',
  reply: 'replies',
  print_run: 'print_runs',
  register_import: 'register_imports',
} as const

export type FlowSubjectType = keyof typeof SUBJECT_TABLES

export interface FlowSubject {
  type: FlowSubjectType
  id: string
}

export function isFlowSubject(type: string): type is FlowSubjectType {
  return type in SUBJECT_TABLES
}
