/** Boots the application as a worker: machine work from the queue, and the sweeper. */
import { runWithoutHttp } from './ignitor.js'

await runWithoutHttp(async (app) => {
  const { runWorker } = await import('#app/flow/worker')
  app.terminating(await runWorker())
  const end = async () => {
    await app.terminate()
    process.exit(0)
  }
  process.once('disconnect', end)
  process.once('SIGTERM', end)
  process.once('SIGINT', end)
})
