/** Boots the application for the benchmarks, against the installation that bin/bench.js keeps running. */
import { runWithoutHttp } from './ignitor.js'

await runWithoutHttp(async (app) => {
  const { runSuites } = await import('#bench/suites')
  await runSuites(process.argv.slice(2))
  await app.terminate()
  process.exit(0)
})
