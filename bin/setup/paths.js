import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Everything that the program makes while it runs: database, sealed files. STORAGE_PATH puts it elsewhere. */
export const STORAGE = process.env.STORAGE_PATH ?? join(ROOT, 'storage')

/** A newer Node, where the machine's own is too old. */
export const RUNTIME = join(ROOT, 'storage/runtime')
