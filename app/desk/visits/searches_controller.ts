import type { HttpContext } from '@adonisjs/core/http'
import { findBookings } from '#app/desk/visits/find_bookings'
import { searchValidator } from '#app/desk/visits/visit_validator'

/** "I want to change it", "I have lost the paper": finding somebody's requests. Words go by POST only. */
export default class SearchesController {
  async create({ view }: HttpContext) {
    return view.render('desk/visits/find', { facts: {}, result: null })
  }

  async store({ auth, request, response, view }: HttpContext) {
    const [, input] = await searchValidator.tryValidate(request.all())
    const facts = {
      receipt: input?.receipt ?? '',
      kana: input?.kana ?? '',
      birthDate: input?.birth_date ?? '',
      phone: input?.phone ?? '',
    }
    const result = await findBookings(auth.getUserOrFail(), facts)
    if (result.found === 'one' && result.requests.length === 1 && result.requests[0].booking)
      return response.redirect(`/desk/bookings/${result.requests[0].booking.id}`)
    if (result.found !== 'one') response.status(422)
    return view.render('desk/visits/find', { facts, result })
  }
}
