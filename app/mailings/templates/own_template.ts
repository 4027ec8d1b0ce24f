import type { HttpContext } from '@adonisjs/core/http'
import Template from '#app/mailings/templates/template'
import { visibleTo } from '#app/people/client_scope'

/** Finds the template that an address names, as far as it is theirs. */
export function ownTemplate({ auth, params }: HttpContext): Promise<Template> {
  return visibleTo(Template.query(), auth.getUserOrFail()).where('id', params.id).firstOrFail()
}
