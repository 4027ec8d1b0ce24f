import { BaseCommand, args } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Erases the personal data of a submission for good. */
export default class SubmissionErase extends BaseCommand {
  static commandName = 'submission:erase'
  static description = 'Erase the personal data of a submission for good (its keys are destroyed)'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'receipt number, such as うめ-4821' })
  declare receipt: string

  override async run() {
    const { eraseSubmission } = await import('#app/submissions/erase_submission')
    if (await eraseSubmission(this.receipt)) this.logger.success(`${this.receipt}: erased`)
    else {
      this.logger.error(`${this.receipt}: there is no such submission, or it is erased already`)
      this.exitCode = 1
    }
  }
}
