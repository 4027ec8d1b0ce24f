import { prolongHold } from '#app/bookings/held_place'
import { acceptOffer } from '#app/rebooking/accept_offer'
import { declineOffer } from '#app/rebooking/decline_offer'
import type { CallBackReason } from '#app/replies/calls/call_back_reason'

/** Printing, post and an answer by phone (days). */
const LETTER_DAYS = 10

/** A place has become free for somebody who waits. Where nobody is reached it goes on, and a letter is opened for the answer. */
export const offerReason: CallBackReason = {
  name: 'offer',
  priority: 15,
  accept: (t, user, bookingId) => acceptOffer(t, user, bookingId, 'offer'),
  decline: (t, bookingId) => declineOffer(t, bookingId, 'offer'),
  async unreached(t, bookingId) {
    if (!bookingId) return 'called'
    await declineOffer(t, bookingId, 'offer')
    return null
  },
}

/** A day was closed, and another time is held where there was one. */
export const closureReason: CallBackReason = {
  name: 'closure',
  priority: 20,
  accept: (t, user, bookingId) => acceptOffer(t, user, bookingId, 'closure'),
  decline: (t, bookingId) => declineOffer(t, bookingId, 'closure'),
  // A letter takes its time: the place that it names is kept until it can be answered.
  async unreached(t, bookingId) {
    return bookingId && (await prolongHold(t, bookingId, LETTER_DAYS)) ? 'closure' : 'closed'
  },
}
