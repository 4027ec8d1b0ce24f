import type { HttpContext } from '@adonisjs/core/http'
import type { NextFn } from '@adonisjs/core/types/http'

/** Control characters that come with pasted text: nobody sees them, and the database keeps no NUL. */
// eslint-disable-next-line no-control-regex
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g

/** Strips what was typed of characters that nobody can see. Stands behind the body parser. */
export default class PlainTextMiddleware {
  handle({ request }: HttpContext, next: NextFn) {
    request.updateBody(plain(request.body()))
    request.updateQs(plain(request.qs()))
    return next()
  }
}

function plain<T>(value: T): T {
  if (typeof value === 'string') return value.replace(UNSEEN, '') as T
  if (Array.isArray(value)) return value.map(plain) as T
  // Files, and whatever else isn't text, pass as they are.
  if (!isRecord(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)])) as T
}

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const kind: unknown = Object.getPrototypeOf(value)
  return kind === Object.prototype || kind === null
}
