import type { HttpContext } from '@adonisjs/core/http'
import env from '#start/env'

/** Returns where the product is reached by whoever asks, as their browser shows it: `https://hashi.city.example.jp`. */
export function originOf(request: HttpContext['request']): string {
  const protocol = env.get('HTTPS') ? 'https' : request.protocol()
  return `${protocol}://${request.host()}`
}
