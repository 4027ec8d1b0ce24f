import type { HttpContext } from '@adonisjs/core/http'
import { openPerson } from '#app/desk/visits/current_person'
import { helpedBy } from '#app/desk/visits/helped_by'
import { confirmationOf, handSlip, slipOf } from '#app/desk/visits/slip'
import { notFound } from '#app/core/not_found'

/** Papers put into somebody's hand. A printer out of paper is no harm: they can be printed again at any time. */
export default class SlipsController {
  /** To be read before it is booked: it stands in for the second keyer. */
  async confirmation({ auth, params, response }: HttpContext) {
    const submission = await helpedBy(auth.getUserOrFail())
      .where({ 'submissions.id': params.id, 'submissions.state': 'collecting' })
      .firstOrFail()
    const pdf = await confirmationOf(await openPerson(submission))
    response.header('Content-Disposition', 'inline; filename="confirmation.pdf"')
    return response.type('application/pdf').send(pdf)
  }

  async show({ auth, params, request, response }: HttpContext) {
    const submission = await helpedBy(auth.getUserOrFail())
      .where('submissions.id', params.id)
      .whereNotIn('state', ['collecting', 'canceled', 'erased'])
      .firstOrFail()
    const pdf = await slipOf(submission)
    if (!pdf) return notFound({ request })
    await handSlip(auth.getUserOrFail(), submission)
    response.header('Content-Disposition', 'inline; filename="slip.pdf"')
    return response.type('application/pdf').send(pdf)
  }
}
