/**
 * The command line: `node ace <command>`.
 *
 * AdonisJS 7 needs Node 24; where the machine's Node is older, this file runs itself again
 * with the one that `npm start` has fetched.
 */
import { reexecOnNode24 } from './bin/setup/runtime.js'

if (!reexecOnNode24(import.meta.filename ?? new URL(import.meta.url).pathname)) {
  if (process.argv[2] === 'backup:restore') {
    // On a machine that has nothing yet: no packages, no keys, no database.
    const { runMain } = await import('./bin/setup/say.js')
    const { restore } = await import('./bin/setup/restore.js')
    await runMain(() => restore(process.argv.slice(3)))
  } else {
    const { createEnvironmentFile, loadEnvironment } = await import('./bin/setup/environment.js')
    createEnvironmentFile()
    loadEnvironment()
    await import('@poppinss/ts-exec')
    await import('./bin/console.js')
  }
}
