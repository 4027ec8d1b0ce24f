import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'
import { MachineFailed } from '#app/core/machine_fault'

/**
 * A file that could not be written to the temporary folder (a full disk) would pass for an empty one. Stands behind
 * the body parser.
 */
export default class WholeFilesMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    if (holdsLostFile(request.allFiles())) throw new MachineFailed('file_store')
    return next()
  }
}

/** However the names of the parts are nested. */
function holdsLostFile(parts: unknown): boolean {
  if (typeof parts !== 'object' || parts === null) return false
  if ('clientName' in parts) return !('tmpPath' in parts && parts.tmpPath)
  return Object.values(parts).some(holdsLostFile)
}
