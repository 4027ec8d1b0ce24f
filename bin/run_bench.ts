/** Boots the application for the benchmarks, against the installation that bin/bench.js keeps running. */
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
    const { runSuites } = await import('#bench/suites')
    await runSuites(process.argv.slice(2))
  })
  await app.terminate()
  process.exit(0)
} catch (error) {
  await prettyPrintError(error)
  process.exit(1)
}
