import { writeFile } from 'node:fs/promises'
import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Prints the paper form of a service as PDF. */
export default class FormPrint extends BaseCommand {
  static commandName = 'form:print'
  static description = 'Print the paper form of a service'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'slug of the service' })
  declare service: string

  @flags.string({ description: 'the PDF to write', required: true })
  declare out: string

  @flags.number({
    description: 'copies, each with an id of its own; without it, a master for photocopies',
  })
  declare copies?: number

  override async run() {
    const { newestOf } = await import('#app/studio/export_service')
    const { typesetForm } = await import('#app/catalog/typeset_form')
    const { MASTER_PREFIX } = await import('#app/catalog/form_code')
    const { clearCode } = await import('#app/core/ids')
    const copies = this.copies ?? 1
    if (!Number.isInteger(copies) || copies < 1 || copies > 1000) {
      this.logger.error('--copies takes a whole number from 1 to 1000')
      this.exitCode = 1
      return
    }
    const newest = await newestOf(this.service)
    if (!newest) {
      this.logger.error(`There is no service ${this.service}`)
      this.exitCode = 1
      return
    }
    const { files, number } = newest
    if (newest.paper) {
      await writeFile(this.out, newest.paper)
      this.logger.success(`${this.out}: the city's own form, without ids of copies`)
      return
    }
    const ids = this.copies
      ? Array.from({ length: copies }, () => clearCode(10))
      : [MASTER_PREFIX + clearCode(9)]
    const form = await typesetForm(files, number, ids)
    await writeFile(this.out, form.pdf)
    this.logger.success(`${this.out}: ${form.pages} pages`)
  }
}
