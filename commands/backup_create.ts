import { BaseCommand, flags } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

/** Makes a back-up while the installation runs. */
export default class BackupCreate extends BaseCommand {
  static commandName = 'backup:create'
  static description =
    'Back up database, files and (under BACKUP_PASSPHRASE) keys, while everything runs'
  static options: CommandOptions = { startApp: true }

  @flags.string({ description: 'the folder of back-ups; else BACKUP_PATH' })
  declare to?: string

  override async run() {
    const { databaseIsKnown } = await import('#config/database_url')
    if (!databaseIsKnown()) {
      this.logger.error('Start the installation first: it is backed up while it runs')
      this.exitCode = 1
      return
    }
    const { backupPath } = await import('#app/center/backups/backup_path')
    const { makeBackup } = await import('#app/center/backups/make_backups')
    const backup = await makeBackup(this.to ?? backupPath())
    if (backup?.state === 'done') {
      const { folder, rows, files, withKeys } = backup
      this.logger.success(`${folder}: ${rows} rows, ${files} files`)
      if (!withKeys)
        this.logger.warning(
          'The keys (.env) are not in it: keep them apart, or set BACKUP_PASSPHRASE. Without them nothing can be opened.'
        )
      if (backup.reason !== 'missing') return
      this.logger.error('Some files that rows name are not there; what is there is backed up')
    } else
      this.logger.error(
        backup ? `It failed (${backup.reason})` : 'Another back-up is being made just now'
      )
    this.exitCode = 1
  }
}
