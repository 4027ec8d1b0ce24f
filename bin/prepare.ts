/** Brings the database up to date and, where it is empty, fills in the demo city. Run before every start. */
import 'reflect-metadata'
import { Ignitor, prettyPrintError } from '@adonisjs/core'

const APP_ROOT = new URL('../', import.meta.url)

try {
  const ignitor = new Ignitor(APP_ROOT, {
    importer: (path) => import(path.startsWith('.') ? new URL(path, APP_ROOT).href : path),
  })
  const app = ignitor.createApp('console')
  await app.init()
  await app.boot()
  await app.start(async () => {
    const { prepareDatabase } = await import('#database/prepare')
    await prepareDatabase({ demo: !process.argv.includes('--no-demo'), samples: true })
  })
  await app.terminate()
  process.exit(0)
} catch (error) {
  await prettyPrintError(error)
  process.exit(1)
}
