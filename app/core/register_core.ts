import { removeDoomedFiles } from '#app/core/doomed_files'
import { recurringCheck, recurringJobs } from '#app/core/recurring'
import { healthChecks, watchHealth } from '#app/core/health'
import { removeWhatIsOver, retention } from '#app/core/retention'
import { destroyDueKeys } from '#app/core/sealing'
import { letterhead, ownHolidays } from '#app/core/center_settings'
import { settings } from '#app/core/settings'
import { coreGauges } from '#app/core/core_gauges'
import { gauges } from '#app/core/gauges'
import { beat, workerGauge } from '#app/core/heartbeat'
import { standstillCheck } from '#app/core/standstill'
import { readInbox } from '#app/core/mail/read_inbox'
import { inboxGauge, mailGauge, removeOldMail } from '#app/core/mail/mail_kept'
import { flowSubjects } from '#app/core/subjects'
import { diskCheck } from '#app/core/disk_check'

/** Registers what this room brings. */
export function registerCore(): void {
  recurringJobs.register(
    { name: 'remove doomed files', everySeconds: 60, run: () => removeDoomedFiles() },
    { name: 'heartbeat', everySeconds: 15, run: beat },
    { name: 'read inbox', everySeconds: 120, run: readInbox },
    { name: 'watch health', everySeconds: 30, run: watchHealth },
    { name: 'retention', everySeconds: 3600, run: removeWhatIsOver }
  )
  flowSubjects.register({ name: 'mail', table: 'mails', claimed: true })
  retention.register(
    { name: 'keys', removeOver: destroyDueKeys },
    { name: 'mail', removeOver: removeOldMail }
  )
  settings.register(...Object.values(letterhead), ownHolidays)
  gauges.register(...coreGauges, workerGauge, mailGauge, inboxGauge)
  healthChecks.register(diskCheck, standstillCheck, recurringCheck)
}
