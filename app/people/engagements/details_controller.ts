import type { HttpContext } from '@adonisjs/core/http'
import { keepDetails } from '#app/people/engagements/details'
import { readDetails } from '#app/people/engagements/details_form'
import { areRealDates, loanValidator } from '#app/people/engagements/engagement_form'
import { lend, takeBackLoan } from '#app/people/engagements/loans'
import { operator, refusePage } from '#app/people/engagements/operator_page'
import { today } from '#app/core/clock'
import { notice } from '#app/core/notice'

/** Of somebody who works for the center: whom to call, where to pay, what is lent. */
export default class DetailsController {
  async update(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const person = await operator(ctx)
    const read = await readDetails(request.all())
    if ('problem' in read) return refusePage(ctx, read.problem)
    const seen = String(request.input('details_seen') ?? '')
    const isKept = await keepDetails(auth.getUserOrFail(), person, read.details, seen)
    if (!isKept) return refusePage(ctx, 'people.engagement_overtaken')
    notice(session, 'good', 'people.changed')
    return response.redirect(`/operators/${person.id}`)
  }

  async lend(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const person = await operator(ctx)
    const [problems, input] = await loanValidator.tryValidate(request.all())
    if (problems || !areRealDates([input.on]) || input.on > today())
      return refusePage(ctx, 'people.loan_incomplete')
    await lend(auth.getUserOrFail(), person, { ...input, number: input.number ?? null })
    notice(session, 'good', 'people.changed')
    return response.redirect(`/operators/${person.id}`)
  }

  async takeBack(ctx: HttpContext) {
    const { auth, params, response, session } = ctx
    const person = await operator(ctx)
    const isBack = await takeBackLoan(auth.getUserOrFail(), person, params.loan, today())
    notice(session, isBack ? 'good' : 'warn', `people.${isBack ? 'changed' : 'loan_over'}`)
    return response.redirect(`/operators/${person.id}`)
  }
}
