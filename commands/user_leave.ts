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
    const { leave } = await import('#app/people/members/leave')
    const [actor, user] = [
      await User.findBy('login', this.as),
      await User.findBy('login', this.login),
    ]
    const problem = !actor
      ? `There is nobody with the login "${this.as}"`
      : this.login === this.as
        ? 'Nobody signs themselves out for good'
        : null
    const left = problem || !actor || !user ? null : await leave(actor, user.id)
    if (left?.ok)
      this.logger.success(`${this.login}: signed out for good; what they held is there for others`)
    else {
      this.logger.error(problem ?? `${this.login}: ${WHY[left?.reason ?? 'nobody']}`)
      this.exitCode = 1
    }
  }
}

const WHY = {
  nobody: 'there is nobody of that login, or they have left already',
  more_than_own: 'they may do more than whoever says so',
  nobody_left: 'nobody would be left who administers the center',
}
