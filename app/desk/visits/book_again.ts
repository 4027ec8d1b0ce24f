import type { DescribedBooking } from '#app/bookings/describe_booking'
import type { Door } from '#app/bookings/calendar'
import { frozenVersion } from '#app/catalog/frozen_version'
import { openPersonOf } from '#app/desk/visits/open_person'
import { wasApart } from '#app/desk/visits/was_apart'
import { startVisit } from '#app/desk/visits/start_visit'
import type Visit from '#app/desk/visits/visit'
import { keepRequester } from '#app/desk/visits/requester'
import type User from '#app/people/user'
import { latestValues } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'

/** Begins a visit for somebody whose booking was canceled: what is known of them is there, and confirmed once more. */
export async function bookAgain(
  user: User,
  booking: DescribedBooking,
  door: Door
): Promise<Visit | null> {
  const submission = await Submission.findOrFail(booking.submissionId)
  const latest = submission.state === 'erased' ? null : await latestValues(submission)
  if (!latest) return null
  const { serviceId } = await frozenVersion(submission.serviceVersionId)
  const askedBy = (['family', 'proxy'] as const).find((one) => one === submission.askedBy) ?? 'self'
  const visit = await startVisit(user, {
    channel: door === 'phone' ? 'phone' : 'counter',
    serviceId,
  })
  await keepRequester(user, visit, {
    askedBy,
    consent: askedBy !== 'self',
    serviceId,
    clientId: submission.clientId,
  })
  const begun = await visit.refresh()
  await openPersonOf(user, begun, {
    values: Object.fromEntries([...latest.values].map(([key, { value }]) => [key, value])),
    registered: false,
    complete: false,
    apart: await wasApart(submission),
  })
  return begun
}
