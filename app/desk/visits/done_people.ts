import db from '@adonisjs/lucid/services/db'
import { bookingsOf, type DescribedBooking } from '#app/bookings/describe_booking'
import { newestVersion } from '#app/catalog/frozen_version'
import { asking } from '#app/desk/visits/current_person'
import type Visit from '#app/desk/visits/visit'
import type { AskedFor } from '#app/submissions/asked_for'
import { latestValuesOf } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'

export interface DonePerson {
  submission: Submission
  asked: AskedFor
  booking: DescribedBooking | null
  name: string
  coupon: { code: string; yen: number } | null
  waiting: boolean
}

/** Lists who has been helped in this visit already, in that order. */
export async function donePeople(visit: Visit): Promise<DonePerson[]> {
  const submissions = await Submission.query()
    .where('visitId', visit.id)
    .whereNotIn('state', ['collecting', 'canceled', 'erased'])
    .orderBy('createdAt')
  if (submissions.length === 0) return []
  const ids = submissions.map((submission) => submission.id)
  const values = await latestValuesOf(submissions)
  const bookings = await bookingsOf(ids)
  const coupons: { booking_id: string; code: string; yen: number }[] = await db
    .from('coupons')
    .whereIn(
      'booking_id',
      bookings.map((booking) => booking.id)
    )
    .select('booking_id', 'code', 'yen')
  const waiting: { submission_id: string }[] = await db
    .from('waiting_list')
    .whereIn('submission_id', ids)
    .whereIn('state', ['waiting', 'offered'])
    .select('submission_id')
  const version = await newestVersion(visit.serviceId)
  return submissions.map((submission) => {
    const standing = values.get(submission.id)
    const asked = asking(submission, version, {
      values: Object.fromEntries([...(standing ?? [])].map(([key, one]) => [key, one.value])),
      registered: false,
      complete: true,
    })
    const booking = bookings.find((one) => one.submissionId === submission.id) ?? null
    const { name, kana } = version.description.person
    return {
      submission,
      asked,
      booking,
      name: asked.value(name) || asked.value(kana),
      coupon: coupons.find((one) => one.booking_id === booking?.id) ?? null,
      waiting: waiting.some((one) => one.submission_id === submission.id),
    }
  })
}
