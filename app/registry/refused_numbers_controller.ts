import vine from '@vinejs/vine'
import type { HttpContext } from '@adonisjs/core/http'
import { ownerFor } from '#app/people/organizations/clients_of'
import { allowNumber, digitsOf, refuseNumber } from '#app/registry/refused_numbers'
import { notice } from '#app/core/notice'
import { transition } from '#app/core/transition'

const numberValidator = vine.create({
  client_id: vine.string().uuid().optional(),
  phone: vine.string().maxLength(40),
  may: vine.enum(['no', 'yes'] as const),
})

/** Shortest number that reaches somebody in Japan without what is dialed within a town. */
const MIN_DIGITS = 10

/** Numbers that nobody calls: put on the list, and taken off it. */
export default class RefusedNumbersController {
  async store({ auth, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    const [problems, input] = await numberValidator.tryValidate(request.all())
    const clientId = await ownerFor(user, input?.client_id)
    if (problems || !clientId || digitsOf(input.phone).length < MIN_DIGITS) {
      notice(session, 'warn', 'stops.number_odd')
      return response.redirect('/stops')
    }
    const refused = { clientId, phone: input.phone }
    if (input.may === 'no') {
      await transition((t) => refuseNumber(t, user, refused))
      notice(session, 'good', 'stops.number_refused')
    } else {
      const isAllowed = await transition((t) => allowNumber(t, user, refused))
      notice(session, isAllowed ? 'good' : 'warn', `stops.number_${isAllowed ? 'allowed' : 'free'}`)
    }
    return response.redirect('/stops')
  }
}
