/** Fills database and files from the back-up in RESTORE_FROM. Run by `node ace backup:restore`. */
import { dirname, join } from 'node:path'
import { runWithoutHttp } from './ignitor.js'
import { say } from './setup/say.js'

/** Why nothing was brought back, in both languages. */
const WORDS = {
  no_manifest: ['there is no back-up', 'バックアップがありません'],
  format: ['it has a form that this version doesn’t know', 'この版の知らない形です'],
  damaged: [
    'it is damaged, or was changed; nothing was brought back',
    'こわれているか、書きかえられています。何も戻していません',
  ],
  keys: [
    'the keys here don’t open it; put the .env that was kept apart into this folder',
    'ここの鍵では開けません。別に保管した .env を置いてください',
  ],
  newer: [
    'a later version made it; bring it back with that one',
    '新しい版で取ったものです。その版で戻してください',
  ],
  not_empty: [
    'this is not empty; a back-up is brought to an empty machine only',
    '空ではありません。空の機械にだけ戻せます',
  ],
  no_journal: [
    'the journal of destroyed keys is not there: erased people would come back. Name it with --journal FILE; --without-journal where nothing was destroyed since',
    '消した鍵の帳簿がありません。このままでは、消した方の記録がよみがえります。--journal ファイル で指定するか、その後に何も消していなければ --without-journal を付けてください',
  ],
  disk: ['there is too little room on the disk', 'ディスクの空きが足りません'],
} as const

const { DATABASE_URL: application, DATABASE_OWNER_URL: owner } = process.env
// Everything here is the owner's work.
if (owner) process.env.DATABASE_URL = owner

await runWithoutHttp(async (app) => {
  const { default: db } = await import('@adonisjs/lucid/services/db')
  const { restoreBackup } = await import('#app/center/backups/restore_backup')
  const { JOURNAL } = await import('#app/center/backups/journal')
  const { BackupUnfit } = await import('#app/center/backups/manifest')
  const { grantToApplication } = await import('#database/grant_to_application')
  const { migrateQueue } = await import('#app/core/queue')
  const from = process.env.RESTORE_FROM!
  try {
    const { manifest, replayed } = await restoreBackup(
      process.env.DATABASE_URL!,
      from,
      process.env.FILES_PATH!,
      process.env.RESTORE_WITHOUT_JOURNAL
        ? null
        : process.env.RESTORE_JOURNAL || join(dirname(from), JOURNAL)
    )
    await migrateQueue()
    if (owner && application)
      await db.transaction((trx) => grantToApplication(trx, new URL(application)))
    say(
      `Brought back as of ${manifest.createdAt}; ${replayed} keys that were destroyed since are destroyed again.\nNothing leaves the house before an administrator releases it. Now: npm start`,
      `${manifest.createdAt} の状態に戻しました。その後に消された鍵 ${replayed} 個を、もう一度消しました。\n管理者が許すまで、外には何も出しません。つぎは: npm start`
    )
  } catch (error) {
    if (!(error instanceof BackupUnfit)) throw error
    const [en, ja] = WORDS[error.problem]
    say(`✖ ${error.at}: ${en}.`, `✖ ${error.at}: ${ja}。`)
    process.exitCode = 1
  }
  await app.terminate()
  process.exit()
})
