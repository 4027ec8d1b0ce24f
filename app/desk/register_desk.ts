import { waitingChart } from '#app/desk/tickets/waiting_chart'
import { dayCharts } from '#app/core/day_charts'
import { dayFigures } from '#app/core/day_figures'
import { recurringJobs } from '#app/core/recurring'
import { endFinishedCalls } from '#app/desk/calls/end_calls'
import { deskScriptPart } from '#app/desk/visits/desk_script_part'
import { descriptionParts } from '#app/catalog/description_part'
import { callBackReasons } from '#app/replies/calls/call_back_reason'
import { deskListener } from '#app/desk/desk_submission_listener'
import { incomingListener } from '#app/desk/calls/incoming_submission_listener'
import { missedReason } from '#app/desk/calls/missed_reason'
import { countOpenReferrals } from '#app/desk/consultations/list_referrals'
import { countWaitingTickets } from '#app/desk/tickets/ticket_line'
import { countCallBacks } from '#app/replies/calls/waiting_call_backs'
import { counters } from '#app/desk/tickets/counters'
import { watchwords } from '#app/desk/visits/watchword'
import { holdMinutes } from '#app/desk/visits/hold_place'
import { deskDays, removeOldDeskRecords } from '#app/desk/remove_old'
import { retention } from '#app/core/retention'
import { settings } from '#app/core/settings'
import { callRecords, consultationRecords, lessonRecords } from '#app/desk/desk_records'
import { residentRecords } from '#app/submissions/resident_records'
import { navigation } from '#app/people/navigation'
import { submissionListeners } from '#app/submissions/submission_listener'

/** Registers what this room brings. */
export function registerDesk(): void {
  dayFigures.register(
    {
      name: 'visits',
      part: 'came',
      href: '/desk',
      rows: 'from visits where started_at >= :midnight',
    },
    { name: 'calls', part: 'came', href: '/calls', rows: 'from calls where at >= :midnight' }
  )
  dayCharts.register(waitingChart)
  descriptionParts.register(deskScriptPart)
  submissionListeners.register(deskListener, incomingListener)
  residentRecords.register(callRecords, lessonRecords, consultationRecords)
  callBackReasons.register(missedReason)
  settings.register(holdMinutes, watchwords, counters, deskDays)
  retention.register({ name: 'desk', removeOver: removeOldDeskRecords })
  navigation.register(
    {
      name: '/desk',
      label: 'desk.title',
      icon: 'hand-raised',
      group: 'receive',
      permission: 'desk.serve',
      also: ['/lessons', '/articles', '/consultations', '/partners', '/tickets'],
      rank: 10,
      waiting: countWaitingTickets,
    },
    {
      name: '/calls',
      label: 'calls.title',
      icon: 'phone',
      group: 'receive',
      permission: 'desk.serve',
      rank: 20,
      waiting: countCallBacks,
    },
    {
      name: '/telephone',
      label: 'telephone.title',
      icon: 'phone-arrow-down-left',
      group: 'manage',
      permission: 'settings.change',
      rank: 303,
    },
    {
      name: '/referrals',
      label: 'referrals.title',
      icon: 'arrow-right-circle',
      group: 'receive',
      permission: 'referrals.see',
      rank: 30,
      waiting: countOpenReferrals,
    }
  )
  recurringJobs.register({ name: 'end calls', everySeconds: 30, run: endFinishedCalls })
}
