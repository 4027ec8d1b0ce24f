import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Makes filled-in, scanned-looking forms with their true values beside them. */
export default class FormSample extends BaseCommand {
  static commandName = 'form:sample'
  static description = 'Make filled-in, scanned-looking sample forms with their true values'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'slug of the service' })
  declare service: string

  @flags.number({ description: 'how many forms', default: 10 })
  declare count: number

  @flags.number({ description: 'the same seed makes the same forms', default: 1 })
  declare seed: number

  @flags.string({ description: 'the folder to write to', required: true })
  declare out: string

  override async run() {
    const { newestVersionNumber } = await import('#app/catalog/newest_version')
    const { readServiceFiles } = await import('#app/catalog/service_files')
    const { describe } = await import('#app/catalog/lay_out')
    const { makeSample, asPdf, asTiff } = await import('#app/samples/make_sample')
    const { today } = await import('#app/core/clock')

    const description = await describe(await readServiceFiles(this.service))
    const version = await newestVersionNumber(this.service)
    await mkdir(this.out, { recursive: true })
    for (let index = 0; index < this.count; index++) {
      const sample = await makeSample(description, version, this.seed * 100_003 + index, today())
      const name = join(
        this.out,
        `${this.service}-${this.seed}-${String(index + 1).padStart(4, '0')}`
      )
      if (index % 3 === 2) await writeFile(`${name}.tiff`, await asTiff(sample.pages))
      else await writeFile(`${name}.pdf`, await asPdf(sample.pages))
      await writeFile(
        `${name}.json`,
        JSON.stringify({ service: this.service, version, values: sample.values }, null, 2)
      )
    }
    this.logger.success(`${this.count} forms in ${this.out}`)
  }
}
