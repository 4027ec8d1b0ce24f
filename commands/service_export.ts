import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Writes a service as a kit that another city can import. */
export default class ServiceExport extends BaseCommand {
  static commandName = 'service:export'
  static description =
    'Write a service as a kit: definition, keying guide, form, letters, scripts, specification'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'slug of the service' })
  declare service: string

  @flags.string({ description: 'the folder to write to', required: true })
  declare out: string

  override async run() {
    const { exportService } = await import('#app/studio/export_service')
    const kit = await exportService(this.service)
    if (!kit) {
      this.logger.error(`There is no service "${this.service}"`)
      this.exitCode = 1
      return
    }
    await mkdir(this.out, { recursive: true })
    for (const [name, content] of kit) await writeFile(join(this.out, name), content)
    this.logger.success(`${this.out}: ${[...kit.keys()].join(', ')}`)
  }
}
