/** Brings the database up to date and, where it is empty and nobody says DEMO=false, fills in the demo city. Run before every start. */
import { existsSync } from 'node:fs'
import { restoringMark } from './setup/restoring.js'
import { runWithoutHttp } from './ignitor.js'
import { say } from './setup/say.js'

// The owner migrates, and says what the application may do.
const { DATABASE_URL: application, DATABASE_OWNER_URL: owner } = process.env
if (owner) process.env.DATABASE_URL = owner

if (process.env.FILES_PATH && existsSync(restoringMark(process.env.FILES_PATH))) {
  say(
    '✖ A restore was cut off here: nothing is served before `node ace backup:restore FOLDER` has gone through.',
    '✖ バックアップから戻す途中で止まっています。`node ace backup:restore フォルダー` が終わるまで、動かしません。'
  )
  process.exit(1)
}

await runWithoutHttp(async (app) => {
  const { prepareDatabase } = await import('#database/prepare')
  const { MigrationFailed } = await import('#database/migrate')
  try {
    await prepareDatabase({
      demo: process.env.DEMO !== 'false',
      samples: !process.argv.includes('--without-samples'),
      application: owner && application ? application : null,
      onMigrate: (names) =>
        say(
          `Updating the database: ${names.join(', ')} …`,
          `データベースを新しい版に合わせています: ${names.join('、')} …`
        ),
    })
  } catch (error) {
    if (error instanceof MigrationFailed)
      say(
        `✖ The update ${error.migration} failed. Nothing was changed: the version before still starts.`,
        `✖ 更新 ${error.migration} に失敗しました。何も変わっていません。前の版はそのまま動きます。`
      )
    throw error
  }
  await app.terminate()
  process.exit(0)
})
