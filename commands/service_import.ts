import { BaseCommand, args, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** The most changes that are listed one by one. */
const LISTED = 40

/** Takes a service from a kit, after showing what it changes. */
export default class ServiceImport extends BaseCommand {
  static commandName = 'service:import'
  static description = 'Show what a kit would change, and publish it as the next version'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'the folder of the kit' })
  declare folder: string

  @flags.string({ description: 'client that the service belongs to; else the one that it names' })
  declare client?: string

  @flags.boolean({ description: 'only show what would change' })
  declare dryRun: boolean

  @flags.boolean({ description: 'publish without asking' })
  declare yes: boolean

  override async run() {
    const { databaseIsKnown } = await import('#config/database_url')
    const { KitRefused } = await import('#app/catalog/kit_refused')
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { keepPictures, picturesOfKit } = await import('#app/catalog/guide_pictures')
    const { filesIn, readKit } = await import('#app/catalog/service_files')
    const { companionsOfKit } = await import('#app/studio/companions/companions')
    const { paperOfKit } = await import('#app/studio/paper/paper_of_kit')
    const { planImport, takeImport } = await import('#app/studio/import_service')
    if (!databaseIsKnown()) {
      this.logger.error('Start the installation first: a service is imported into its database')
      this.exitCode = 1
      return
    }
    try {
      const read = filesIn(this.folder)
      const { files, pictures } = await picturesOfKit(await readKit(read), read)
      const paper = await paperOfKit(files, read)
      const client = this.client ?? files.client
      const plan = await planImport(files, client, paper)
      for (const { at, before, after } of plan.changes.slice(0, LISTED))
        this.logger.log(`  ${at}: ${before ?? '—'} → ${after ?? '—'}`)
      if (plan.changes.length > LISTED)
        this.logger.log(`  … and ${plan.changes.length - LISTED} more`)
      if (plan.changes.length === 0) {
        this.logger.success(`${files.slug}: version ${plan.newest} says the same already`)
        return
      }
      if (this.dryRun) return
      const sure =
        this.yes || (await this.prompt.confirm(`Publish ${files.slug} as the next version?`))
      if (!sure) return
      await keepPictures(files.slug, pictures, db)
      const companions = await companionsOfKit(read)
      const version = await takeImport(files, client, plan, paper, null, companions)
      this.logger.success(`${files.slug}: version ${version.number} is published`)
    } catch (error) {
      if (!(error instanceof KitRefused)) throw error
      this.logger.error(`${this.folder}: ${error.message}`)
      this.exitCode = 1
    }
  }
}
