import { resolve } from 'node:path'
import { BaseCommand, args } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Proves that a back-up can be brought back. */
export default class BackupVerify extends BaseCommand {
  static commandName = 'backup:verify'
  static description =
    'Fill a back-up into a database of its own, open every sealed row and file of it, and remove that again'
  static options: CommandOptions = { startApp: true }

  @args.string({ description: 'the back-up; else the newest', required: false })
  declare folder?: string

  override async run() {
    const { databaseIsKnown, databaseUrl, ownerUrl } = await import('#config/database_url')
    if (!databaseIsKnown()) {
      this.logger.error('Start the installation first: its database server is used for the trial')
      this.exitCode = 1
      return
    }
    const { default: db } = await import('@adonisjs/lucid/services/db')
    const { BackupUnfit } = await import('#app/center/backups/manifest')
    const { verifyBackup } = await import('#app/center/backups/verify_backup')
    const { default: Backup } = await import('#app/center/backups/backup')
    const newest = await Backup.query().where('state', 'done').orderBy('createdAt', 'desc').first()
    const folder = this.folder ? resolve(this.folder) : newest?.folder
    if (!folder) {
      this.logger.error('There is no back-up yet: node ace backup:create')
      this.exitCode = 1
      return
    }
    try {
      const { values, files, destroyed } = await verifyBackup(folder, ownerUrl() ?? databaseUrl())
      await Backup.query()
        .where('folder', folder)
        .update({ verified_at: db.raw('now()') })
      this.logger.success(
        `${folder}: ${values} sealed values and ${files} files opened; the keys of ${destroyed} are destroyed`
      )
    } catch (error) {
      if (!(error instanceof BackupUnfit)) throw error
      this.logger.error(`${folder}: ${error.message}`)
      this.exitCode = 1
    }
  }
}
