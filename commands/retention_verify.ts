import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Looks for whatever remains of what was destroyed. Ends with 1 where something does. */
export default class RetentionVerify extends BaseCommand {
  static commandName = 'retention:verify'
  static description = 'Verify that nothing remains of what was disposed of'
  static options: CommandOptions = { startApp: true }

  override async run() {
    const { verifyDisposals } = await import('#app/center/retention/verify_disposals')
    const { records, remainders } = await verifyDisposals()
    for (const { record, id, what } of remainders)
      this.logger.error(`${record} ${id}: ${what} remains`)
    if (remainders.length > 0) this.exitCode = 1
    else this.logger.success(`Nothing remains of ${records} records that were disposed of`)
  }
}
