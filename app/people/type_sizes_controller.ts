import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'

const validator = vine.create({ type_size: vine.enum(['normal', 'large'] as const) })

/** The size of the type on somebody's screens, on every machine where they sign in. */
export default class TypeSizesController {
  async update({ auth, request, response }: HttpContext) {
    const { type_size: typeSize } = await request.validateUsing(validator)
    await auth.getUserOrFail().merge({ typeSize }).save()
    return response.redirect().back()
  }
}
