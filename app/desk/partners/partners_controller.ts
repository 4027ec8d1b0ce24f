import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import { fieldOf, normalize } from '#app/catalog/field_values'
import { keepPartner, removePartner } from '#app/desk/partners/keep_partner'
import Partner from '#app/desk/partners/partner'
import Organization from '#app/people/organization'
import { notice } from '#app/core/notice'

const partnerValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(60),
  phone: vine.string().trim().minLength(1).maxLength(20),
  does: vine.string().trim().minLength(1).maxLength(80),
  organization_id: vine.string().uuid().nullable().optional(),
})

/** Organizations that go on helping where the desk can't: added, changed, removed. */
export default class PartnersController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, {})
  }

  async store(ctx: HttpContext) {
    return this.#keep(ctx, null)
  }

  async update(ctx: HttpContext) {
    return this.#keep(ctx, await Partner.findOrFail(ctx.params.id))
  }

  async destroy({ auth, params, response, session }: HttpContext) {
    const partner = await Partner.findOrFail(params.id)
    const isRemoved = await removePartner(auth.getUserOrFail(), partner)
    notice(session, isRemoved ? 'good' : 'warn', `desk.partner_${isRemoved ? 'removed' : 'busy'}`)
    return response.redirect('/partners')
  }

  async #keep(ctx: HttpContext, known: Partner | null) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await partnerValidator.tryValidate(request.all())
    const phone = normalize(fieldOf('phone'), input?.phone ?? '')
    if (problems || phone.problem) {
      response.status(422)
      const problem = problems ? 'desk.partner_incomplete' : 'problems.phone'
      return this.#page(ctx, { values: request.all(), changing: known, problem })
    }
    const { name, does } = input
    const facts = { name, does, phone: input.phone, organizationId: input.organization_id ?? null }
    const kept = await keepPartner(auth.getUserOrFail(), known, facts)
    if (kept !== 'kept') {
      response.status(422)
      const extra = { values: request.all(), changing: known }
      return this.#page(ctx, { ...extra, problem: `desk.partner_${kept}` })
    }
    notice(session, 'good', 'desk.partner_kept')
    return response.redirect('/partners')
  }

  async #page({ request, view }: HttpContext, extra: Record<string, unknown>) {
    const partners = await Partner.query().orderBy('name')
    const changing = partners.find(({ id }) => id === request.qs().change) ?? null
    return view.render('desk/partners/partners', {
      partners,
      organizations: await Organization.query().where('kind', 'partner').orderBy('name'),
      changing,
      values: changing ? { ...changing.$attributes, organization_id: changing.organizationId } : {},
      problem: null,
      ...extra,
    })
  }
}
