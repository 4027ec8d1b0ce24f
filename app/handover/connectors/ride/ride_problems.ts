import { bookingWindow } from '#app/bookings/booking_window'
import Calendar from '#app/bookings/calendar'
import { stopNames } from '#app/bookings/stops/stop_names'
import type { Problem } from '#app/catalog/fields/field_kind'
import type ServiceVersion from '#app/catalog/service_version'
import { today } from '#app/core/clock'
import { nextMonthDay } from '#app/core/japanese_calendar'
import { rideHandoverOf, type RideHandover } from '#app/handover/connectors/ride/ride_handover'
import type Submission from '#app/submissions/submission'

/** Stops that there are, in different places, and somebody who rides. */
export async function rideProblems(
  submission: Submission,
  version: ServiceVersion,
  values: Record<string, string>,
  known: Record<string, Problem>
): Promise<Record<string, Problem>> {
  const handover = rideHandoverOf(version.description.handover)
  const stops = await stopNames(submission.clientId)
  const problems: Record<string, Problem> = {}
  for (const key of [handover.from, handover.to])
    if (!known[key] && !stops.has(Number(values[key]))) problems[key] = 'stop'
  if (values[handover.from] === values[handover.to] && !known[handover.to])
    problems[handover.to] = 'stop'
  if (
    !known[handover.wishes[0]] &&
    !(await isWithin(submission, handover, values[handover.wishes[0]]))
  )
    problems[handover.wishes[0]] = 'wish_window'
  if (handover.fares.every((fare) => Number(values[fare.field] || 0) === 0))
    problems[handover.fares[0].field] = 'riders'
  return problems
}

/** Whether a wished time (MM-DD HH:MM) lies ahead and within the days that can be booked. */
async function isWithin(
  submission: Submission,
  handover: RideHandover,
  wish: string
): Promise<boolean> {
  const [day, time] = (wish ?? '').split(' ')
  const [month, date] = (day ?? '').split('-').map(Number)
  const on = month && date ? nextMonthDay(today(), month, date) : null
  const vehicle = await Calendar.query()
    .where({ clientId: submission.clientId, slug: handover.calendars[0] })
    .firstOrFail()
  const { after, until } = bookingWindow(vehicle.rules)
  return on !== null && `${on}T${time}` > after && `${on}T${time}` <= until
}
