import { BaseCommand, args } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Retention: removes whole sealed days, as the database's owner. */
export default class AuditDrop extends BaseCommand {
  static commandName = 'audit:drop'
  static description = 'Remove the events of sealed days before a date; their last links stay'
  static options: CommandOptions = { startApp: true }

  @args.string({
    description:
      'YYYY-MM-DD: this day and all after it stay; without it, what the period for events keeps',
    required: false,
  })
  declare before?: string

  override async run() {
    const { dropDays } = await import('#app/center/audit/drop_days')
    const { firstKeptDay } = await import('#app/center/audit/events_kept')
    const { isRealDate } = await import('#app/core/japanese_calendar')
    const firstKept = await firstKeptDay()
    const before = this.before ?? firstKept
    if (!before) return this.#refuse('No period for events is set: say a date (YYYY-MM-DD)')
    if (!isRealDate(before)) return this.#refuse(`"${before}" is no date (YYYY-MM-DD)`)
    const days = await dropDays(before)
    if (days === 'too_young')
      return this.#refuse(`Events from ${firstKept} on are kept by the period that is set`)
    this.logger.success(
      days.length === 0 ? 'No sealed day is that old' : `Dropped: ${days.join(', ')}`
    )
  }

  #refuse(why: string) {
    this.logger.error(why)
    this.exitCode = 1
  }
}
