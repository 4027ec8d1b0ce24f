import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Erases the personal data of a submission for good. */
export default class SubmissionErase extends BaseCommand {
  static commandName = 'submission:erase'
  static description = 'Erase the personal data of a submission for good (its keys are destroyed)'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'receipt number, such as うめ-4821' })
  declare receipt: string

  @flags.string({ description: 'login of who erases', required: true })
  declare as: string

  override async run() {
    const { default: User } = await import('#app/people/user')
    const { eraseSubmission } = await import('#app/submissions/erase_submission')
    const user = await User.findBy('login', this.as)
    if (!user) {
      this.logger.error(`There is nobody with the login "${this.as}"`)
      this.exitCode = 1
      return
    }
    const { outcome } = await eraseSubmission(this.receipt, { actorId: user.id })
    if (outcome === 'erased') return this.logger.success(`${this.receipt}: erased`)
    this.logger.error(
      outcome === 'held'
        ? `${this.receipt}: somebody holds it; nothing was erased`
        : `${this.receipt}: there is no such submission, or it is erased already`
    )
    this.exitCode = 1
  }
}
