import type { HttpContext } from '@adonisjs/core/http'
import { openDetails } from '#app/people/engagements/details'
import Engagement, { concernsOf, ENGAGEMENT_KINDS } from '#app/people/engagements/engagement'
import { seenAs } from '#app/people/engagements/keep_engagement'
import { endsOf, qualificationsOf } from '#app/people/engagements/list_engagements'
import { knownRegions } from '#app/people/engagements/known_regions'
import { loansOf } from '#app/people/engagements/loans'
import User from '#app/people/user'
import { today } from '#app/core/clock'

/** Finds somebody of the center whom an address names; of clients no register is kept. */
export function operator({ params }: HttpContext): Promise<User> {
  return User.query()
    .where('id', params.id)
    .whereHas('organization', (query) => void query.where('kind', 'center'))
    .firstOrFail()
}

/** Shows somebody's page of the register with what was typed, and what is wrong with it. */
export function refusePage(ctx: HttpContext, problem: string) {
  ctx.response.status(422)
  return operatorPage(ctx, { typed: ctx.request.all(), problem })
}

/** Shows somebody's page of the register. */
export async function operatorPage(
  ctx: HttpContext,
  { typed = {}, problem = null }: { typed?: Record<string, unknown>; problem?: string | null } = {}
) {
  const person = await operator(ctx)
  const terms = await Engagement.find(person.id)
  const { plain, contact, account, seen } = await openDetails(person.id)
  return ctx.view.render('people/operator', {
    person,
    kinds: ENGAGEMENT_KINDS,
    regions: await knownRegions(),
    // Sent again as it is, it is refused again: whoever saves has seen what stands.
    seen: typed.seen ?? seenAs(terms),
    detailsSeen: typed.details_seen ?? seen,
    values: {
      kind: terms?.kind,
      starts_on: terms?.startsOn,
      ends_on: terms?.endsOn,
      nda_until: terms?.ndaUntil,
      trained_on: terms?.trainedOn,
      region: terms?.region,
      // A box that was cleared sends nothing.
      needs_childcare: 'kind' in typed ? false : terms?.needsChildcare,
      languages: plain?.languages,
      invoice: plain?.invoice,
      invoice_number: plain?.invoiceNumber,
      leaving_reason: plain?.leavingReason,
      moved_on_to: plain?.movedOnTo,
      contact_name: contact?.name,
      contact_relation: contact?.relation,
      contact_phone: contact?.phone,
      ...typed,
    },
    account,
    concerns: concernsOf(terms, await endsOf(person.id)),
    skills: await qualificationsOf(person.id),
    loans: await loansOf(person.id),
    today: today(),
    problem,
  })
}
