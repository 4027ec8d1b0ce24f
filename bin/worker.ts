/** Boots the application as a worker: machine work from the queue, and the sweeper. */
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
    const { runWorker } = await import('#app/flow/worker')
    const stop = await runWorker()
    app.terminating(stop)
  })
  const end = async () => {
    await app.terminate()
    process.exit(0)
  }
  process.once('disconnect', end)
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
} catch (error) {
  process.exitCode = 1
  await prettyPrintError(error)
}
