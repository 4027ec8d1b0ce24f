/** The only words in braces that a letter's text may use. */
export const PLACEHOLDERS = [
  'wants',
  'date',
  'weekday',
  'time',
  'leaves',
  'place',
  'from',
  'to',
  'price',
  'phone',
  'hours',
  'receipt',
  'name',
  'number',
  'watchword',
  'free',
  'arrived',
  'faults',
  'deadline',
  'post',
  'document',
  'registration',
] as const

export type Placeholders = Record<(typeof PLACEHOLDERS)[number], string>
