import { recurringJobs } from '#app/core/recurring'
import { closingHour, keepForecast } from '#app/center/board/forecast'
import { navigation } from '#app/people/navigation'
import { eventDays } from '#app/center/audit/events_kept'
import { backupCheck } from '#app/center/backups/backup_check'
import { writeJournal } from '#app/center/backups/journal'
import {
  backupDays,
  hoursSinceNewest,
  makeBackups,
  removeOldBackups,
} from '#app/center/backups/make_backups'
import { gauges } from '#app/core/gauges'
import { healthChecks } from '#app/core/health'
import { retention } from '#app/core/retention'
import { settings } from '#app/core/settings'
import { notifyOfAlarms } from '#app/center/mail/notify_of_alarms'
import { carryOutDisposals } from '#app/center/retention/carry_out'
import { countProposed } from '#app/center/retention/list_disposals'
import { proposeDisposals } from '#app/center/retention/propose'
import { countOpenIncidents } from '#app/center/incidents/show_incident'
import { sealEvents } from '#app/center/audit/seal_events'

/** Registers what this room brings. */
export function registerCenter(): void {
  navigation.register({
    name: '/today',
    label: 'today.title',
    icon: 'sun',
    group: 'begin',
    permission: 'home.see',
    rank: 1,
  })
  navigation.register({
    name: '/board',
    label: 'board.title',
    icon: 'presentation-chart-bar',
    group: 'begin',
    permission: 'day.see',
    rank: 5,
  })
  navigation.register({
    name: '/quality',
    label: 'quality.title',
    icon: 'check-badge',
    group: 'decide',
    permission: 'day.see',
    rank: 130,
  })
  recurringJobs.register({ name: 'keep forecasts', everySeconds: 300, run: keepForecast })
  settings.register(closingHour)
  navigation.register({
    name: '/settings',
    label: 'settings.title',
    icon: 'cog-6-tooth',
    group: 'manage',
    permission: 'settings.change',
    also: ['/start', '/postcodes'],
    rank: 300,
  })
  navigation.register({
    name: '/backups',
    label: 'backups.title',
    icon: 'archive-box-arrow-down',
    group: 'manage',
    permission: 'settings.change',
    rank: 310,
  })
  navigation.register({
    name: '/audit',
    label: 'audit.title',
    icon: 'finger-print',
    group: 'manage',
    permission: 'audit.see',
    rank: 220,
  })
  navigation.register({
    name: '/health/page',
    label: 'health.title',
    icon: 'heart',
    group: 'manage',
    permission: 'settings.change',
    rank: 305,
  })
  navigation.register({
    name: '/mail',
    label: 'mail.title',
    icon: 'envelope',
    group: 'manage',
    permission: 'settings.change',
    rank: 302,
  })
  navigation.register(
    {
      name: '/retention',
      label: 'retention.title',
      icon: 'clock',
      group: 'manage',
      permission: 'retention.keep',
      rank: 230,
    },
    {
      name: '/incidents',
      label: 'incidents.title',
      icon: 'exclamation-triangle',
      group: 'manage',
      permission: 'incidents.see',
      rank: 224,
      waiting: countOpenIncidents,
    },
    {
      name: '/disclosures',
      label: 'residents.disclosures',
      icon: 'document-magnifying-glass',
      group: 'manage',
      permission: 'residents.order',
      also: ['/residents'],
      rank: 232,
    },
    {
      name: '/disposals',
      label: 'retention.disposals',
      icon: 'trash',
      group: 'manage',
      permission: 'retention.keep',
      rank: 231,
      waiting: countProposed,
    }
  )
  gauges.register({
    name: 'backup_age',
    unit: 'hours',
    warn: 26,
    fail: 50,
    read: () => hoursSinceNewest(['done']),
  })
  recurringJobs.register(
    { name: 'seal events', everySeconds: 60, run: sealEvents },
    { name: 'lists of what is due', everySeconds: 3600, run: proposeDisposals },
    { name: 'carrying out disposals', everySeconds: 10, run: carryOutDisposals },
    { name: 'notify of alarms', everySeconds: 60, run: notifyOfAlarms },
    { name: 'back-ups', everySeconds: 10, run: makeBackups },
    { name: 'journal of destroyed keys', everySeconds: 10, run: writeJournal }
  )
  retention.register({ name: 'back-ups', removeOver: removeOldBackups })
  healthChecks.register(backupCheck)
  settings.register(backupDays)
  settings.register(eventDays)
}
