import { rm } from 'node:fs/promises'
import { errors } from '@adonisjs/core'
import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/**
 * Files are read from who is logged in only: a stranger's never reach the disk. Nobody's stay there: in the temporary
 * folder they lie unsealed. Stands before the body parser.
 */
export default class FilesFromPeopleMiddleware {
  async handle({ auth, request }: HttpContext, next: NextFn) {
    if (!request.is(['multipart/form-data'])) return next()
    if (!auth.user) throw new errors.E_ROUTE_NOT_FOUND([request.method(), request.url()])
    try {
      return await next()
    } finally {
      for (const path of pathsIn(request.allFiles())) await rm(path, { force: true })
    }
  }
}

/** Lists where files lie, however the names of their parts are nested. */
function pathsIn(parts: unknown): string[] {
  if (typeof parts !== 'object' || parts === null) return []
  if ('tmpPath' in parts) return typeof parts.tmpPath === 'string' ? [parts.tmpPath] : []
  return Object.values(parts).flatMap(pathsIn)
}
