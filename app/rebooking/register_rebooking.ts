import { settings } from '#app/core/settings'
import { recurringJobs } from '#app/core/recurring'
import { moveClosedDays, replacementDays } from '#app/rebooking/close_day'
import { planReminders } from '#app/rebooking/plan_reminders'
import { rosterPart } from '#app/rebooking/roster_part'
import { descriptionParts } from '#app/catalog/description_part'
import { bookingListeners } from '#app/bookings/booking_listener'
import { callBackReasons } from '#app/replies/calls/call_back_reason'
import { closureReason, offerReason } from '#app/rebooking/call_reasons'
import { offerExpired } from '#app/rebooking/waiting_list'
import { rebookingListener } from '#app/rebooking/rebooking_submission_listener'
import { submissionListeners } from '#app/submissions/submission_listener'

/** Registers what this room brings. */
export function registerRebooking(): void {
  settings.register(replacementDays)
  descriptionParts.register(rosterPart)
  submissionListeners.register(rebookingListener)
  bookingListeners.register({ name: 'waiting list', expired: offerExpired })
  callBackReasons.register(offerReason, closureReason)
  recurringJobs.register(
    { name: 'move closed days', everySeconds: 1, run: moveClosedDays },
    { name: 'plan reminders', everySeconds: 3600, run: planReminders }
  )
}
