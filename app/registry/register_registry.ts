import { recurringJobs } from '#app/core/recurring'
import { refreshRegister } from '#app/registry/refresh_register'
import { flowSubjects } from '#app/core/subjects'
import { ledgerNameDays } from '#app/registry/ledger/take_ledger'
import { settings } from '#app/core/settings'
import { contactStops, ledgerRows, registeredPeople } from '#app/registry/registry_records'
import { refusedNumbers } from '#app/registry/refused_number_records'
import { relativeRecords } from '#app/registry/relative_records'
import { wishRecords } from '#app/registry/wishes/wish_records'
import { residentRecords } from '#app/submissions/resident_records'
import { navigation } from '#app/people/navigation'

/** Registers what this room brings. */
export function registerRegistry(): void {
  flowSubjects.register(
    { name: 'register_import', table: 'register_imports', claimed: true, queue: 'reading' },
    { name: 'ledger_import', table: 'ledger_imports', claimed: true, queue: 'reading' }
  )
  residentRecords.register(
    registeredPeople,
    ledgerRows,
    contactStops,
    relativeRecords,
    wishRecords,
    refusedNumbers
  )
  settings.register(ledgerNameDays)
  navigation.register(
    {
      name: '/stops',
      label: 'stops.title',
      icon: 'no-symbol',
      group: 'manage',
      permission: 'contact.stop',
      also: ['/relatives'],
      rank: 120,
    },
    {
      name: '/wishes',
      label: 'wishes.title',
      icon: 'envelope',
      group: 'manage',
      permission: 'wishes.keep',
      rank: 125,
    },
    {
      name: '/register',
      label: 'registry.title',
      icon: 'identification',
      group: 'manage',
      permission: 'register.keep',
      rank: 130,
    }
  )
  recurringJobs.register({ name: 'refresh register', everySeconds: 10, run: refreshRegister })
}
