import { activeBooking, bookSlot } from '#app/bookings/book_slot'
import { Connector, type HandoverContext, type HandoverResult } from '#app/handover/connector'
import { isReadable } from '#app/catalog/kinds'
import { personToken, personTokens, type AskingPerson } from '#app/submissions/person_token'
import { wallTime } from '#app/shared/clock'
import { nextMonthDay } from '#app/shared/japanese_calendar'
import type { Transition } from '#app/shared/transition'

/**
 * Books the first of the wished times that is free into our own calendar. Without knowing what for, nothing is
 * booked: it is asked.
 */
export class BookingConnector extends Connector {
  override readonly name = 'booking'

  override async hand(t: Transition, context: HandoverContext): Promise<HandoverResult> {
    const { handover, submission, version } = context
    const wants = context.value(version.description.person.wants)
    if (!isReadable(wants)) return { state: 'unclear' }
    const known = await activeBooking(
      t.trx,
      personTokens(askingPerson(context)),
      version.serviceId,
      version.description.handover.dose
    )
    if (known)
      return { state: known.handover_id === handover.id ? 'done' : 'already', reference: known.id }
    for (const startsAt of wishedTimes(context)) {
      const slot = await t.trx
        .from('slots')
        .join('calendars', 'calendars.id', 'slots.calendar_id')
        .where({
          'calendars.slug': version.description.handover.calendar,
          'calendars.client_id': submission.clientId,
          'slots.starts_at': startsAt,
        })
        .select('slots.id')
        .first()
      if (!slot) continue
      const booked = await bookSlot(t.trx, bookingRequest(context, slot.id))
      if (booked.ok) {
        t.record({
          verb: 'booking.made',
          subject: { type: 'booking', id: booked.bookingId },
          clientId: submission.clientId,
          submissionId: submission.id,
        })
        return { state: 'done', reference: booked.bookingId }
      }
    }
    return { state: 'full' }
  }
}

/** What a booking of this handover is made of. */
export function bookingRequest(context: HandoverContext, slotId: string) {
  const { handover, submission, version } = context
  return {
    slotId,
    serviceId: version.serviceId,
    clientId: submission.clientId,
    submissionId: submission.id,
    handoverId: handover.id,
    party: submission.party,
    person: personToken(askingPerson(context)),
    dose: version.description.handover.dose,
  }
}

/** The person that a handover is about. */
export function askingPerson({ submission, version, value }: HandoverContext): AskingPerson {
  return { submissionId: submission.id, fields: version.description.person, value }
}

/** The wished times that still lie ahead, YYYY-MM-DDTHH:MM, the dearest first. A wish has no year: the next such day after the form arrived. */
export function wishedTimes({
  submission,
  version,
  value,
}: Pick<HandoverContext, 'submission' | 'version' | 'value'>): string[] {
  return version.description.handover.wishes.flatMap((field) => {
    const wish = /^(\d\d)-(\d\d) (\d\d:\d\d)$/.exec(value(field))
    const day = wish && nextMonthDay(submission.arrivedOn, Number(wish[1]), Number(wish[2]))
    return day && `${day}T${wish[3]}` > wallTime() ? [`${day}T${wish[3]}`] : []
  })
}
