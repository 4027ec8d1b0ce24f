import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Organization from '#app/people/organization'
import { listOrganizations } from '#app/people/organizations/list_organizations'
import {
  importOrganizations,
  ORGANIZATION_HEADINGS,
} from '#app/people/organizations/import_organizations'
import { keepOrganization, SHORT_NAME } from '#app/people/organizations/keep_organization'
import { notice } from '#app/core/notice'
import { uploaded } from '#app/core/uploaded'
import { problemOfImport, type FaultyRow } from '#app/core/tables/imported'

const organizationValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(80),
  slug: vine.string().trim().toLowerCase().regex(SHORT_NAME).optional(),
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

  /** Adds those of a table. */
  async import(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const content = await uploaded(request.file('file'))
    const imported = content ? await importOrganizations(auth.getUserOrFail(), content) : null
    if (!imported?.ok) {
      response.status(422)
      return this.#page(ctx, {
        values: {},
        problem: null,
        refused: problemOfImport(imported),
        faulty: imported?.faulty ?? [],
      })
    }
    notice(session, 'good', 'people.organizations_added')
    return response.redirect('/organizations')
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
    { locale, request, view }: HttpContext,
    extra: {
      values: { id?: string }
      problem: string | null
      refused?: object
      faulty?: FaultyRow[]
    }
  ) {
    const organizations = await listOrganizations()
    const asked = extra.values.id ?? request.qs().change
    const changing = organizations.find(({ id }) => id === asked) ?? null
    return view.render('people/organizations', {
      organizations,
      changing,
      headings: Object.values(ORGANIZATION_HEADINGS).map((all) => all.at(locale === 'ja' ? 0 : -1)),
      refused: null,
      faulty: [],
      ...extra,
    })
  }
}
