import type Batch from '#app/batches/batch'
import type { WorkDefinition } from '#app/batches/kinds/work_definition'
import { contactsOf } from '#app/registry/contact'
import { factsIn, telling, TELLING, type TellingColumn } from '#app/registry/facts_in'
import type { Queries } from '#app/core/queries'

/** One of these must be there, or nobody could be recognized. */
const NEEDED: readonly TellingColumn[] = ['number', 'kana', 'name']

/**
 * A reason to leave a row alone: it is of a protected person (支援措置), for named staff only; nothing goes to them, or
 * elsewhere than the table says; or they could be somebody to whom nothing goes.
 */
export type LeftAlone =
  'row_apart' | 'row_stopped' | 'row_elsewhere' | 'row_unknown' | 'row_maybe_stopped'

/** Whether a leader decides about it before anybody works on it. */
export function isDoubt(reason: string | null): boolean {
  return reason === 'row_maybe_stopped' || reason === 'row_unknown'
}

/** Words in headings of columns that tell who somebody is, or where they live; a thing's name (品名) doesn't. */
const TELLING_HEADING =
  /(?<![品社件題書店])名(?!刺)|通称|氏|宛|世帯主|送付先|[カガ]ナ|[かが]な|住所|番地|電話|携帯|生年|誕生|メール|name|address|phone|tel|mail|birth|kana/i

/** Whether a table may tell who somebody is: nothing of it is worked on at home. */
export function namesPeople(headings: string[]): boolean {
  return (
    TELLING.some((key) => telling(headings, key) >= 0) ||
    headings.some((heading) => TELLING_HEADING.test(heading.normalize('NFKC')))
  )
}

/** Whether a piece isn't worked on, whatever was decided when it came. */
export function isLeftAlone(reason: LeftAlone | undefined): boolean {
  return reason !== undefined && !isDoubt(reason)
}

/** Whether a table's headings say enough of people for it to be asked who may be reached; of who is called, where. */
export function tellsPeople(
  headings: string[],
  { calls }: Pick<WorkDefinition, 'calls'> = {}
): boolean {
  const has = (key: TellingColumn) => telling(headings, key) >= 0
  return calls ? has('phone') : NEEDED.some(has)
}

/**
 * Asks which people in a table are to be left alone: protected ones always; others where they are written to or called, a
 * mailing or a round of calls that nobody has asked for, so that any stop counts, and a doubt is a leader’s to decide.
 * @param rows what the table says, by the piece's id
 * @returns why, by the piece's id
 */
export async function leftAlone(
  batch: Batch,
  rows: { id: string; given: string[] }[],
  client?: Queries
): Promise<Map<string, LeftAlone>> {
  if (rows.length === 0 || !tellsPeople(batch.headings ?? [], batch.definition)) return new Map()
  const facts = new Map(rows.map(({ id, given }) => [id, factsIn(batch.headings ?? [], given)]))
  const contacts = await contactsOf(
    [...facts].map(([id, known]) => ({
      submissionId: id,
      clientId: batch.clientId,
      facts: known,
    })),
    client
  )
  return new Map(
    [...contacts].flatMap(([id, contact]): [string, LeftAlone][] => {
      const { stop, isProtected, maybe, sendTo } = contact
      const { reaches, calls } = batch.definition
      if (isProtected || maybe.some(({ kind }) => kind === 'protection')) return [[id, 'row_apart']]
      if (!reaches) return []
      if (stop || (calls && contact.refusesCalls)) return [[id, 'row_stopped']]
      // The table's own address is the wrong one.
      if (sendTo && !calls) return [[id, 'row_elsewhere']]
      // Of whom nothing is known it can't be asked.
      const needed = calls ? (['phone'] as const) : NEEDED
      if (!needed.some((key) => facts.get(id)?.[key])) return [[id, 'row_unknown']]
      return maybe.length > 0 ? [[id, 'row_maybe_stopped']] : []
    })
  )
}
