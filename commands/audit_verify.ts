import { readFile } from 'node:fs/promises'
import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Walks the chain of sealed events. Ends with 1 where something was tampered with. */
export default class AuditVerify extends BaseCommand {
  static commandName = 'audit:verify'
  static description = 'Verify the history of events, and name the first that was tampered with'
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'prove an export of the audit screen instead (ZIP)' })
  declare export?: string

  override async run() {
    if (this.export) return this.#prove(this.export)
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

  async #prove(path: string): Promise<void> {
    const { proveExport } = await import('#app/center/audit/signed_export')
    const proven = await proveExport(await readFile(path))
    if (proven.ok)
      return this.logger.success(
        `It is as this installation wrote it, up to event ${proven.sequence ?? 0}`
      )
    this.logger.error('It is not as this installation wrote it, or the history was changed since')
    this.exitCode = 1
  }
}
