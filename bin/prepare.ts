/** Brings the database up to date and, where it is empty, fills in the demo city. Run before every start. */
import { runWithoutHttp } from './ignitor.js'

await runWithoutHttp(async (app) => {
  const { prepareDatabase } = await import('#database/prepare')
  await prepareDatabase({ demo: true, samples: true })
  await app.terminate()
  process.exit(0)
})
