import type User from '#app/people/user'
import type { AskedFor } from '#app/submissions/asked_for'
import { askingPerson, personToken, personTokens } from '#app/submissions/person_token'
import { slotsOf } from '#app/handover/connectors'
import { clearCode, newId } from '#app/core/ids'
import type { Transition } from '#app/core/transition'

/** The coupon of a service, once for each person: who has had one, gets none. */
export async function giveCoupon(
  t: Transition,
  user: User,
  asked: AskedFor,
  bookingId: string
): Promise<void> {
  const coupon = slotsOf(asked.version).coupon(asked.version.description.handover)
  if (!coupon) return
  const person = askingPerson(asked)
  const had = await t.trx
    .from('coupons')
    .where('service_id', asked.version.serviceId)
    .whereIn('person', personTokens(person))
    .first()
  if (had) return
  await t.trx
    .knexQuery()
    .insert({
      id: newId(),
      client_id: asked.submission.clientId,
      service_id: asked.version.serviceId,
      person: personToken(person),
      code: clearCode(6),
      yen: coupon,
      booking_id: bookingId,
      issued_by: user.id,
    })
    .into('coupons')
    .onConflict(['service_id', 'person'])
    .ignore()
}
