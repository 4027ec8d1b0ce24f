import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Somebody works here no longer. */
export default class UserLeave extends BaseCommand {
  static commandName = 'user:leave'
  static description = 'Sign somebody out for good: their sessions end, their open work goes back'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'login of who leaves' })
  declare login: string

  @flags.string({ description: 'login of who says so', required: true })
  declare as: string

  override async run() {
    const { default: User } = await import('#app/people/user')
    const { leave } = await import('#app/people/leave')
    const actor = await User.findBy('login', this.as)
    const problem = !actor
      ? `There is nobody with the login "${this.as}"`
      : this.login === this.as
        ? 'Nobody signs themselves out for good'
        : null
    if (problem || !actor) {
      this.logger.error(problem ?? '')
      this.exitCode = 1
    } else if (await leave(this.login, actor.id))
      this.logger.success(`${this.login}: signed out for good; what they held is there for others`)
    else {
      this.logger.error(`${this.login}: there is nobody of that login, or they have left already`)
      this.exitCode = 1
    }
  }
}
