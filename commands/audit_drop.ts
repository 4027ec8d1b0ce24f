import { BaseCommand, args } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Retention: removes whole sealed days, as the database's owner. */
export default class AuditDrop extends BaseCommand {
  static commandName = 'audit:drop'
  static description = 'Remove the events of sealed days before a date; their last links stay'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'YYYY-MM-DD: this day and all after it stay' })
  declare before: string

  override async run() {
    const { dropDays } = await import('#app/center/audit/drop_days')
    const { isRealDate } = await import('#app/core/japanese_calendar')
    if (!isRealDate(this.before)) {
      this.logger.error(`"${this.before}" is no date (YYYY-MM-DD)`)
      this.exitCode = 1
      return
    }
    const days = await dropDays(this.before)
    this.logger.success(
      days.length === 0 ? 'No sealed day is that old' : `Dropped: ${days.join(', ')}`
    )
  }
}
