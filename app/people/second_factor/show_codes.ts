import type { HttpContext } from '@adonisjs/core/http'

/** Shows new recovery codes, once; to be printed. */
export function showCodes({ response, view }: HttpContext, codes: string[]) {
  response.header('Cache-Control', 'no-store')
  return view.render('people/recovery_codes', { codes })
}
