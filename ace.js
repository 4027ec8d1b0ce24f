/**
 * The command line: `node ace <command>`.
 *
 * AdonisJS 7 needs Node 24; where the machine's Node is older, this file runs itself again
 * with the one that `npm start` has fetched.
 */
import { reexecOnNode24 } from './bin/setup/runtime.js'

if (!reexecOnNode24(import.meta.filename ?? new URL(import.meta.url).pathname)) {
  const { createEnvironmentFile, loadEnvironment } = await import('./bin/setup/environment.js')
  createEnvironmentFile()
  loadEnvironment()
  await import('@poppinss/ts-exec')
  await import('./bin/console.js')
}
