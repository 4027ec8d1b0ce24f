import type { AskedFor } from '#app/submissions/asked_for'
import { wishesOf } from '#app/catalog/handover_rules'
import { wallTime } from '#app/core/clock'
import { nextMonthDay } from '#app/core/japanese_calendar'

/** The wished times that still lie ahead, YYYY-MM-DDTHH:MM, the dearest first. A wish has no year: the next such day after the form arrived. */
export function wishedTimes({ submission, version, value }: AskedFor): string[] {
  return wishesOf(version.description.handover).flatMap((field) => {
    const wish = /^(\d\d)-(\d\d) (\d\d:\d\d)$/.exec(value(field))
    const day = wish && nextMonthDay(submission.arrivedOn, Number(wish[1]), Number(wish[2]))
    return day && `${day}T${wish[3]}` > wallTime() ? [`${day}T${wish[3]}`] : []
  })
}
