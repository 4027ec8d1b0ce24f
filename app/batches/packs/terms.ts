import type User from '#app/people/user'
import type Batch from '#app/batches/batch'
import type { WorkDefinition } from '#app/batches/kinds/work_definition'
import { centerName } from '#app/people/center'
import { closedDays, letterheadNow } from '#app/core/center_settings'
import { now, today, wallTime } from '#app/core/clock'
import { addDays, addWorkingDays } from '#app/core/japanese_calendar'
import { NumberSetting } from '#app/core/number_setting'

/** Working days after a pack's last day within which its work is inspected. */
export const inspectionDays = new NumberSetting({
  name: 'batches.inspection_days',
  section: 'work',
  unit: 'working_days',
  fallback: 5,
  min: 0,
  max: 20,
})

/** Days within which the law wants a freelance's work to be paid, the day of its receipt being the first (特定受託事業者に係る取引の適正化等に関する法律, article 4). */
const PAID_WITHIN = 60

/**
 * The terms on which a pack is accepted, as the law wants it in writing (article 3): by whom and for whom, what, how
 * much, where and until when, when it is inspected, how much is paid and when. Frozen with the acceptance.
 */
export interface Terms {
  center: string
  centerAddress: string
  contractor: string
  /** YYYY-MM-DD */
  agreedOn: string
  work: string
  /** what is to be done, as the instructions say it */
  instructions: string
  title: string
  promised: number
  unit: 'piece' | 'minute'
  /** yen for one unit */
  price: number
  /** what it is expected to take */
  minutes: number
  /** yen for all of it: of pieces what is paid, of minutes what is expected */
  amount: number
  site: 'home' | 'center'
  /** YYYY-MM-DDTHH:MM, Tokyo */
  until: string
  inspectedOn: string
  paidOn: string
}

/** Minutes that somebody has for a pack: children come first, so it is not all at once. */
export function windowMinutes(minutes: number): number {
  return Math.max(60, minutes * 4)
}

/** Minutes that so many pieces are expected to take, and yen for them. */
export function amountOf(
  { unit, price }: Pick<WorkDefinition, 'unit' | 'price'>,
  promised: number,
  minutesEach: number
): Pick<Terms, 'minutes' | 'amount'> {
  const minutes = Math.max(1, Math.round(promised * minutesEach))
  return { minutes, amount: price * (unit === 'piece' ? promised : minutes) }
}

/** Writes the terms on which packs of these sizes (pieces) are offered to somebody. */
export async function termsOf(
  user: User,
  batch: Batch,
  { sizes, minutesEach, site }: { sizes: number[]; minutesEach: number; site: Terms['site'] }
): Promise<Terms[]> {
  const { address } = await letterheadNow()
  const center = await centerName()
  const days = await inspectionDays.value()
  const closed = await closedDays()
  const { name, instructions, unit, price } = batch.definition
  return sizes.map((promised) => {
    const { minutes, amount } = amountOf(batch.definition, promised, minutesEach)
    const until = wallTime(new Date(now().getTime() + windowMinutes(minutes) * 60_000))
    const receivedOn = until.slice(0, 10)
    return {
      center,
      centerAddress: address,
      contractor: user.displayName,
      agreedOn: today(),
      work: name,
      instructions,
      title: batch.title,
      promised,
      unit,
      price,
      minutes,
      amount,
      site,
      until,
      inspectedOn: addWorkingDays(receivedOn, days, closed),
      paidOn: paymentDay(receivedOn),
    }
  })
}

/** The last day of the month after, or 60 days after the work was received, whichever comes first. */
export function paymentDay(receivedOn: string): string {
  const [year, month] = receivedOn.split('-').map(Number)
  const afterNext = new Date(Date.UTC(year, month + 1, 1)).toISOString().slice(0, 10)
  const latest = addDays(receivedOn, PAID_WITHIN - 1)
  const endOfNext = addDays(afterNext, -1)
  return endOfNext < latest ? endOfNext : latest
}
