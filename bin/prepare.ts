/** Brings the database up to date and, where it is empty and nobody says DEMO=false, fills in the demo city. Run before every start. */
import { runWithoutHttp } from './ignitor.js'
import { say } from './setup/say.js'

// The owner migrates, and says what the application may do.
const { DATABASE_URL: application, DATABASE_OWNER_URL: owner } = process.env
if (owner) process.env.DATABASE_URL = owner

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
