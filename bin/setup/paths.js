import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Everything that the program makes while it runs: database, sealed files, a newer Node. */
export const STORAGE = join(ROOT, 'storage')
