/** Boots the application for the test runner. */
import { prettyPrintError } from '@adonisjs/core'
import { configure, processCLIArgs, run } from '@japa/runner'
import { ignitor } from './ignitor.js'

ignitor()
  .tap((app) => {
    process.once('SIGTERM', () => {
      // Tests that run would go on: whoever stops them doesn't want to see how they end.
      void app.terminate().finally(() => process.exit(1))
    })
  })
  .testRunner()
  .configure(async (app) => {
    const { plugins, reporters, setup, configureSuite } = await import('#tests/bootstrap')
    processCLIArgs(process.argv.splice(2))
    configure({
      ...app.rcFile.tests,
      plugins,
      reporters,
      configureSuite,
      setup: [setup],
      teardown: [() => app.terminate()],
    })
  })
  .run(() => run())
  .catch((error) => {
    process.exitCode = 1
    void prettyPrintError(error)
  })
