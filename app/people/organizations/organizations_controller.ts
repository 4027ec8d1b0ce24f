import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Organization from '#app/people/organization'
import { listOrganizations } from '#app/people/organizations/list_organizations'
import { keepOrganization } from '#app/people/organizations/keep_organization'
import { notice } from '#app/core/notice'

const organizationValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(80),
  slug: vine
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[a-z][a-z0-9-]{1,39}$/)
    .optional(),
  kind: vine.enum(['client', 'partner'] as const).optional(),
})

/** The center, the clients that it works for, and the partners that go on helping. */
export default class OrganizationsController {
  async index(ctx: HttpContext) {
    return this.#page(ctx, { values: {}, problem: null })
  }

  async store(ctx: HttpContext) {
    return this.#keep(ctx, null)
  }

  /** Gives it another name; its short name stands in kits and stays. */
  async update(ctx: HttpContext) {
    return this.#keep(ctx, await Organization.findOrFail(ctx.params.id))
  }

  async #keep(ctx: HttpContext, known: Organization | null) {
    const { auth, request, response, session } = ctx
    const [problems, input] = await organizationValidator.tryValidate(request.all())
    const kept = problems
      ? 'incomplete'
      : await keepOrganization(auth.getUserOrFail(), known, input)
    if (kept === 'done') {
      notice(session, 'good', 'people.organization_kept')
      return response.redirect('/organizations')
    }
    response.status(422)
    return this.#page(ctx, {
      values: { ...request.all(), id: known?.id },
      problem: `people.organization_${kept}`,
    })
  }

  async #page(
    { request, view }: HttpContext,
    extra: { values: { id?: string }; problem: string | null }
  ) {
    const organizations = await listOrganizations()
    const asked = extra.values.id ?? request.qs().change
    const changing = organizations.find(({ id }) => id === asked) ?? null
    return view.render('people/organizations', { organizations, changing, ...extra })
  }
}
