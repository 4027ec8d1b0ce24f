import db from '@adonisjs/lucid/services/db'
import type { Door } from '#app/bookings/calendar'
import type { DescribedBooking } from '#app/bookings/describe_booking'
import { releaseExpiredHolds } from '#app/bookings/release_place'
import { frozenVersion } from '#app/catalog/frozen_version'
import { plainLabel } from '#app/catalog/plain_label'
import { showIn } from '#app/desk/visits/show_in'
import { connectorOf, slotsOf } from '#app/handover/connectors'
import type User from '#app/people/user'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import { recordLook } from '#app/submissions/record_look'
import Submission from '#app/submissions/submission'
import { today } from '#app/core/clock'

const OFFERED = 6
const MORE_OFFERED = 9

export interface BookingView {
  door: Door
  /** YYYY-MM-DD from which times are offered */
  from?: string
  more: boolean
  locale: 'ja' | 'en'
}

/** One booking as a clerk sees it: whose, when, and to which times it can be moved. That it was seen is kept. */
export async function bookingScreen(user: User, booking: DescribedBooking, view: BookingView) {
  const { door, from, more, locale } = view
  await releaseExpiredHolds()
  const submission = await Submission.findOrFail(booking.submissionId)
  const version = await frozenVersion(submission.serviceVersionId)
  const latest = submission.state === 'erased' ? null : await latestValues(submission)
  const asked = { submission, version, value: valueIn(latest?.values), dose: booking.dose }
  await recordLook(user, submission)
  const count = more || from ? MORE_OFFERED : OFFERED
  const offers =
    booking.state === 'booked'
      ? await slotsOf(version).offers(asked, { door, count, from, near: [booking.startsAt] }, db)
      : []
  const shown = await connectorOf(version).shownValues(asked, db)
  const { person } = version.description
  return {
    booking,
    submission,
    door,
    from: from ?? '',
    today: today(),
    offers: offers.filter((offer) => offer.slotId !== booking.slotId),
    name: asked.value(person.name) || asked.value(person.kana),
    facts: [person.kana, person.birthDate, person.phone, person.address]
      .flatMap((key) => key ?? [])
      .map((key) => ({
        label: plainLabel(version.field(key).label)[locale],
        text: showIn(asked, key, shown, locale),
      })),
    watchword: asked.value(person.watchword),
  }
}
