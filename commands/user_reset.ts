import { BaseCommand, args } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Lets somebody in again who is locked out, an administrator for example: on the machine itself, as an event. */
export default class UserReset extends BaseCommand {
  static commandName = 'user:reset'
  static description = 'Give somebody a password for one time, and print it here'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'login of who is locked out' })
  declare login: string

  override async run() {
    const { default: User } = await import('#app/people/user')
    const { issuePassword } = await import('#app/people/passwords/issue_password')
    const { GOOD_FOR_DAYS } = await import('#app/people/passwords/one_time_password')
    const { thaw } = await import('#app/people/members/freeze')
    const { transition } = await import('#app/core/transition')
    const password = await transition(async (t) => {
      const user = await User.query({ client: t.trx })
        .where('login', this.login)
        .whereNull('leftAt')
        .forUpdate()
        .first()
      // Whoever is at the machine itself decides that nobody keeps them out.
      if (user?.frozenAt) await thaw(t, user, null)
      return user && issuePassword(t, user, { verb: 'user.reset', actorId: null })
    })
    if (password)
      this.logger.success(`${this.login}: ${password} (once, within ${GOOD_FOR_DAYS} days)`)
    else {
      this.logger.error(`There is nobody with the login "${this.login}" who works here`)
      this.exitCode = 1
    }
  }
}
