/** The steps of a visit at the counter or on the phone, in order. */
export const VISIT_STEPS = ['asker', 'person', 'details', 'slots', 'read_back', 'done'] as const

export type VisitStep = (typeof VISIT_STEPS)[number]

/** Ends that are said instead of a step, where it came otherwise: nothing is free, or a free place is waited for. */
const OTHER_ENDS = ['no_slots', 'waiting'] as const

export const SCRIPT_STEPS = [...VISIT_STEPS, ...OTHER_ENDS] as const

export type ScriptStep = (typeof SCRIPT_STEPS)[number]

/** The words that are filled in where a call script says `{name}`. */
export const CALL_WORDS = ['city', 'caller', 'watchword', 'name', 'phone'] as const

/** The words that are filled in where a desk script says `{name}`. */
export const DESK_WORDS = [
  'name',
  'birthday',
  'receipt',
  'watchword',
  'spoken',
  'place',
  'from',
  'to',
  'price',
  'digits',
  'count',
] as const
