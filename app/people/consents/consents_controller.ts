import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { endConsent, keepConsent, listConsents } from '#app/people/consents/consents'
import { askRegions, needConsent } from '#app/people/consents/client_rules'
import { CONSENT_NEEDED, REGION_RULES } from '#app/people/consents/entrusted'
import { countEntrusted } from '#app/people/consents/entrusted_people'
import { operatorsTable, printOperators } from '#app/people/consents/print_operators'
import { register } from '#app/people/engagements/list_engagements'
import { areRealDates } from '#app/people/engagements/engagement_form'
import { knownRegions } from '#app/people/engagements/known_regions'
import { clientFor, clientsOf } from '#app/people/organizations/clients_of'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

const consentValidator = vine.create({
  client_id: vine.string().uuid(),
  number: vine.string().trim().minLength(1).maxLength(60),
  given_on: vine.string().trim(),
  until: vine.string().trim().optional(),
  sites: vine.array(vine.enum(['center', 'home'])).minLength(1),
  people: vine.array(vine.string().uuid()).minLength(1).maxLength(1000),
})

const needValidator = vine.create({
  client_id: vine.string().uuid(),
  needed: vine.enum(CONSENT_NEEDED),
})

const regionsValidator = vine.create({
  client_id: vine.string().uuid(),
  rule: vine.enum(REGION_RULES),
  regions: vine.array(vine.string().trim().minLength(1).maxLength(40)).maxLength(100).optional(),
})

/** Clients' written consents that their work goes to certain people, and the list of these on a day. */
export default class ConsentsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await consentValidator.tryValidate(request.all())
    if (problems || !areRealDates([input.given_on, input.until]))
      return this.#page(ctx, 'people.consent_incomplete')
    if (input.until && input.until < input.given_on)
      return this.#page(ctx, 'people.consent_ends_before')
    const wrong = await keepConsent(auth.getUserOrFail(), {
      clientId: input.client_id,
      number: input.number,
      givenOn: input.given_on,
      until: input.until ?? null,
      sites: input.sites,
      userIds: input.people,
    })
    if (wrong) return this.#page(ctx, `people.consent_${wrong}`)
    notice(session, 'good', 'people.consent_kept')
    return response.redirect('/consents')
  }

  /** Says for which clients people must be named before they are given work of them. */
  async need({ auth, request, response, session }: HttpContext) {
    const [problems, input] = await needValidator.tryValidate(request.all())
    const isKept =
      !problems && (await needConsent(auth.getUserOrFail(), input.client_id, input.needed))
    notice(session, isKept ? 'good' : 'warn', `people.consent_${isKept ? 'kept' : 'unknown'}`)
    return response.redirect('/consents')
  }

  /** Says where people live whom a client's work is given to. */
  async regions(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await regionsValidator.tryValidate(request.all())
    if (problems) return this.#page(ctx, 'people.consent_unknown')
    const { client_id: clientId, rule, regions = [] } = input
    if (rule !== 'anywhere' && regions.length === 0)
      return this.#page(ctx, 'people.regions_missing')
    const isKept = await askRegions(auth.getUserOrFail(), clientId, rule, [...new Set(regions)])
    notice(session, isKept ? 'good' : 'warn', `people.consent_${isKept ? 'kept' : 'unknown'}`)
    return response.redirect('/consents')
  }

  /** Asks once more: a number that has ended isn't used again. */
  async end(ctx: HttpContext) {
    const { auth, params, request, response, session } = ctx
    if (request.input('sure') !== 'yes') return this.#page(ctx, null, params.id)
    const isEnded = await endConsent(auth.getUserOrFail(), params.id)
    notice(session, isEnded ? 'good' : 'warn', `people.consent_${isEnded ? 'ended' : 'over'}`)
    return response.redirect('/consents')
  }

  /** Returns the list of who may work for a client on a day (PDF, or CSV). */
  async print({ auth, request, response, session }: HttpContext) {
    const { client_id: id, day = today(), as } = request.qs()
    const client = await clientFor(auth.getUserOrFail(), id)
    if (!client || typeof day !== 'string' || !isRealDate(day)) {
      notice(session, 'warn', 'people.consent_print_what')
      return response.redirect('/consents')
    }
    if (as === 'csv') {
      response.header('Content-Disposition', 'attachment; filename="operators.csv"')
      return response.type('text/csv; charset=utf-8').send(await operatorsTable(client, day))
    }
    response.header('Content-Disposition', 'inline; filename="operators.pdf"')
    return response.type('application/pdf').send(await printOperators(client, day))
  }

  async #page(
    { auth, request, response, view }: HttpContext,
    problem: string | null,
    ending: string | null = null
  ) {
    if (problem) response.status(422)
    return view.render('people/consents', {
      list: await listConsents().paginate(await pageNumber(request.qs()), PAGE_SIZE),
      clients: await clientsOf(auth.getUserOrFail()),
      people: await register(false),
      today: today(),
      monthStart: `${today().slice(0, 7)}-01`,
      values: problem ? request.all() : { sites: ['center'] },
      choices: CONSENT_NEEDED,
      rules: REGION_RULES,
      regions: await knownRegions(),
      entrusted: await countEntrusted(),
      ending,
      problem,
    })
  }
}
