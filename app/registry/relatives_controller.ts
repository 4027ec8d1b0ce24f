import type { HttpContext } from '@adonisjs/core/http'
import { fieldOf, normalize } from '#app/catalog/field_values'
import Organization from '#app/people/organization'
import { checkPerson } from '#app/registry/check_person'
import { contactsOf } from '#app/registry/contact'
import { NOBODY } from '#app/registry/registered_person'
import {
  openRelatives,
  registerRelative,
  relativesFor,
  withdrawRelative,
} from '#app/registry/relatives'
import { relativeValidator } from '#app/registry/stop_validator'
import { tellingTerms } from '#app/submissions/search_tokens'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notFound } from '#app/core/not_found'
import { ownerFor } from '#app/people/organizations/clients_of'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

/** Family who may hear, change or get copies, as the resident has agreed; until it is withdrawn. */
export default class RelativesController {
  async index(ctx: HttpContext) {
    return this.#page(ctx)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await relativeValidator.tryValidate(request.all())
    const checked = checkPerson(request.all())
    const of = { ...NOBODY, ...checked.values }
    const phone = normalize(fieldOf('phone'), input?.relative_phone ?? '')
    const postcode = normalize(fieldOf('postcode'), input?.relative_postcode ?? '')
    const scoped = input && (input.may_hear || input.may_change || input.gets_copies)
    const wrongDay = input && (!isRealDate(input.consent_on) || input.consent_on > today())
    const unaddressed = input?.gets_copies && (!input.relative_address || !postcode.value)
    const problem =
      problems || phone.problem || postcode.problem || Object.keys(checked.problems).length > 0
        ? 'stops.look_again'
        : tellingTerms(of).length === 0
          ? 'stops.refused_who'
          : !scoped
            ? 'stops.scope_missing'
            : wrongDay
              ? 'stops.consent_day'
              : unaddressed
                ? 'stops.copies_address'
                : null
    const clientId = await ownerFor(user, input?.client_id)
    if (problem || !input || !clientId) {
      response.status(422)
      return this.#page(ctx, {
        typed: request.all(),
        problems: checked.problems,
        problem: problem ?? 'stops.look_again',
      })
    }
    await registerRelative(
      user,
      clientId,
      {
        of,
        name: input.relative_name,
        relation: input.relation ?? '',
        phone: phone.value,
        postcode: postcode.value,
        address: input.relative_address ?? '',
      },
      {
        mayHear: input.may_hear === true,
        mayChange: input.may_change === true,
        getsCopies: input.gets_copies === true,
        consentOn: input.consent_on,
      }
    )
    notice(session, 'good', 'stops.relative_kept')
    return response.redirect('/relatives')
  }

  async withdraw({ auth, params, request, response, session }: HttpContext) {
    const user = auth.getUserOrFail()
    if (!(await relativesFor(user).where('id', params.id).first())) return notFound({ request })
    const done = await withdrawRelative(user, params.id, today())
    notice(session, done ? 'good' : 'warn', done ? 'stops.withdrawn' : 'stops.late')
    return response.redirect('/relatives')
  }

  async #page({ auth, request, view }: HttpContext, extra: Record<string, unknown> = {}) {
    const user = auth.getUserOrFail()
    const list = await relativesFor(user)
      .orderBy('created_at', 'desc')
      .orderBy('id')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    const relatives = await openRelatives(list.all())
    const contacts = await contactsOf(
      relatives.map((one) => ({ submissionId: one.id, clientId: one.clientId, facts: one.of }))
    )
    return view.render('registry/relatives', {
      list,
      // Of a protected person, named staff see who belongs to her.
      relatives: relatives.filter(({ id }) => user.seesProtected || !contacts.get(id)?.isProtected),
      clients: user.worksForCenter
        ? await Organization.query().whereNot('kind', 'partner').orderBy('name')
        : [],
      today: today(),
      typed: {},
      problems: {},
      problem: null,
      ...extra,
    })
  }
}
