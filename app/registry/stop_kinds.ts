/**
 * Reasons to send nothing to somebody. `protection` is 支援措置 (DV, stalking, abuse): where somebody lives and what they
 * do is kept from everybody but named staff. The strongest first: it decides where there are several.
 */
export const STOP_KINDS = ['deceased', 'protection', 'guardian', 'facility', 'wish'] as const
export type StopKind = (typeof STOP_KINDS)[number]

/** Whether somebody may be called although nothing is sent to them; else the client decides. */
export const MAY_CALL: Record<StopKind, boolean> = {
  deceased: false,
  protection: false,
  guardian: false,
  facility: true,
  wish: true,
}

/** 支援措置 lasts about a year and is renewed (facts of the field: 住民基本台帳事務処理要領). */
export const PROTECTION_YEARS = 1

/** Words of a register, and the kind that they mean. What no word tells is somebody's own wish. */
const WORDS: [RegExp, Exclude<StopKind, 'deceased'>][] = [
  [/支援|ＤＶ|DV|ストーカー|虐待|保護|秘匿/i, 'protection'],
  [/後見|保佐|補助人/, 'guardian'],
  [/施設|入所|入院/, 'facility'],
]

/** The kind of stop that a register's 発送停止 means; null where nothing is stopped. */
export function stopKindOf(stopped: string): Exclude<StopKind, 'deceased'> | null {
  if (stopped === '') return null
  return WORDS.find(([words]) => words.test(stopped))?.[1] ?? 'wish'
}

/** Whether a stop is in force on a day (YYYY-MM-DD). A protection doesn't lapse by itself: somebody is asked first. */
export function isInForce(kind: StopKind, until: string | null, day: string): boolean {
  return kind === 'protection' || until === null || until >= day
}
