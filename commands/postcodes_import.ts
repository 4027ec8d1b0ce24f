import { readFile } from 'node:fs/promises'
import { BaseCommand, args } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Takes Japan's postcodes in from Japan Post's file. */
export default class PostcodesImport extends BaseCommand {
  static commandName = 'postcodes:import'
  static description = "Take the postcodes in from Japan Post's UTF-8 CSV (utf_ken_all.csv)"
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'the CSV file' })
  declare file: string

  override async run() {
    const { databaseIsKnown } = await import('#config/database_url')
    const { importPostcodes, NotPostcodes } =
      await import('#app/catalog/addresses/import_postcodes')
    if (!databaseIsKnown()) {
      this.logger.error('Start the installation first: postcodes are kept in its database')
      this.exitCode = 1
      return
    }
    try {
      this.logger.success(`${await importPostcodes(await readFile(this.file))} postcodes`)
    } catch (error) {
      if (!(error instanceof NotPostcodes)) throw error
      this.logger.error(`${this.file}: ${error.message}`)
      this.exitCode = 1
    }
  }
}
