import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Walks the chain of sealed events. Ends with 1 where something was tampered with. */
export default class AuditVerify extends BaseCommand {
  static commandName = 'audit:verify'
  static description = 'Verify the history of events, and name the first that was tampered with'
  static options: CommandOptions = { startApp: true }

  override async run() {
    const { verifyEvents } = await import('#app/center/audit/verify_events')
    const { events, dropped, unsealed, unsealedSince, tampered } = await verifyEvents()
    const since = unsealedSince ? `, the oldest of ${unsealedSince}` : ''
    this.logger.info(
      `${events} sealed events stand, ${dropped} days were dropped; ${unsealed} not sealed yet${since}`
    )
    if (!tampered) return this.logger.success('Nothing was tampered with')
    const { what, day, sequence } = tampered
    this.logger.error(
      sequence === null
        ? `${day} doesn't end as it was closed: its last events were removed`
        : `Event ${sequence} of ${day} ${what === 'missing' ? 'was removed' : 'was changed'}`
    )
    this.exitCode = 1
  }
}
