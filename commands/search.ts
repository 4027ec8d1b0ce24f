import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Finds submissions as somebody would who is logged in; that they searched is kept. */
export default class Search extends BaseCommand {
  static commandName = 'search'
  static description = 'Find submissions by receipt number, name, phone, number or birth date'
  static options: CommandOptions = { startApp: true }

  @args.spread({ description: 'what somebody would say' })
  declare words: string[]

  @flags.string({ description: 'login of who searches', required: true })
  declare as: string

  @flags.boolean({ description: 'print JSON' })
  declare json: boolean

  override async run() {
    const { databaseIsKnown } = await import('#config/database_url')
    const { default: User } = await import('#app/people/user')
    const { searchSubmissions } = await import('#app/submissions/search_submissions')
    if (!databaseIsKnown())
      return this.#fail('Start the installation first: submissions are kept in its database')
    const user = await User.findBy('login', this.as)
    if (!user) return this.#fail(`There is nobody with the login "${this.as}"`)
    if (!user.may('submissions.see')) return this.#fail(`"${this.as}" may not see submissions`)
    const found = await searchSubmissions(user, this.words.join(' '))
    const receipts = found.map((submission) => submission.receipt)
    console.log(this.json ? JSON.stringify({ receipts }) : receipts.join('\n'))
  }

  #fail(message: string) {
    this.logger.error(message)
    this.exitCode = 1
  }
}
