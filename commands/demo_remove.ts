import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

const SIGNS = {
  letterhead: 'its letters bear a city’s name',
  mail: 'it sends mail',
  register: 'registers were taken in',
  many_requests: 'hundreds of requests came in',
  long_used: 'requests came in for more than a month',
}

/** Turns the demo into a real installation that is not yet begun. */
export default class DemoRemove extends BaseCommand {
  static commandName = 'demo:remove'
  static description =
    'Empty the demo city, to begin a real installation; refused where somebody works'
  static options: CommandOptions = { startApp: true }

  @flags.boolean({ description: 'without asking' })
  declare yes: boolean

  override async run() {
    const { databaseIsKnown } = await import('#config/database_url')
    const { lookAtDemo, removeDemo } = await import('#app/center/demo/remove_demo')
    const { writeSetting } = await import('../bin/setup/settings_file.js')
    if (!databaseIsKnown()) {
      this.logger.error('Start the installation first: its database is emptied')
      this.exitCode = 1
      return
    }
    const { inUse, strangers, submissions } = await lookAtDemo()
    if (strangers.length > 0) {
      this.logger.error(
        `This isn't the demo alone: ${strangers.slice(0, 5).join(', ')} work here. Nothing was changed.`
      )
      this.exitCode = 1
      return
    }
    if (inUse.length > 0) {
      this.logger.error(
        `This has been used, not only tried: ${inUse.map((sign) => SIGNS[sign]).join('; ')}. Nothing was changed. Where all of it was a trial, start in another folder instead.`
      )
      this.exitCode = 1
      return
    }
    const sure =
      this.yes ||
      (await this.prompt.confirm(
        `Everything goes, also the ${submissions} requests that were taken in. Really?`
      ))
    if (!sure) return
    await removeDemo()
    writeSetting('DEMO', 'false')
    this.logger.success('The demo is gone. Stop the program and start it again: npm start')
  }
}
