import { join, resolve } from 'node:path'
import { ROOT, readSettings } from './settings_file.js'

export { ROOT }

/** Everything that the program makes while it runs: database, sealed files. STORAGE_PATH puts it elsewhere. */
export const STORAGE = resolve(
  ROOT,
  process.env.STORAGE_PATH ?? readSettings().STORAGE_PATH ?? 'storage'
)

/** A newer Node, where the machine's own is too old. */
export const RUNTIME = join(ROOT, 'storage/runtime')
