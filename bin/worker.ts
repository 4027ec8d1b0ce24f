/** Boots the application as a worker: machine work from the queue, and the sweeper. */
import { constants, setPriority } from 'node:os'
import { runWithoutHttp } from './ignitor.js'

// People wait for the web server: where both want the same core, it has it.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

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
