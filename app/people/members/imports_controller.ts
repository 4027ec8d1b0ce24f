import type { HttpContext } from '@adonisjs/core/http'
import i18nManager from '@adonisjs/i18n/services/main'
import { importPeople } from '#app/people/members/import_people'
import { PEOPLE_HEADINGS } from '#app/people/members/people_table'
import { idIn } from '#app/people/members/user_form'
import { roleChoices, type RoleChoice } from '#app/people/roles/choices'
import { organizationsOf } from '#app/people/roles/list_roles'
import { problemOfImport, type FaultyRow, type Imported } from '#app/core/tables/imported'
import { notice } from '#app/core/notice'
import { uploaded } from '#app/core/uploaded'

/** Adding many people at once, from a table. */
export default class ImportsController {
  async create(ctx: HttpContext) {
    return this.#page(ctx, { problem: null, faulty: [] })
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const organizations = await organizationsOf(user)
    const asked = idIn(request.input('organization_id'))
    const organization = organizations.find(({ id }) => id === asked) ?? organizations[0]
    const content = await uploaded(request.file('file'))
    const imported: Imported | null = content
      ? await importPeople(user, organization, content, namesOf)
      : null
    if (!imported?.ok) {
      response.status(422)
      return this.#page(ctx, {
        problem: problemOfImport(imported),
        faulty: imported?.faulty ?? [],
      })
    }
    notice(session, 'good', 'people.all_added')
    return response.redirect(`/people?organization=${organization.id}`)
  }

  async #page(
    { auth, request, view }: HttpContext,
    extra: { problem: object | null; faulty: FaultyRow[] }
  ) {
    const user = auth.getUserOrFail()
    const organizations = await organizationsOf(user)
    const asked = idIn(request.input('organization_id') ?? request.qs().organization)
    const organization = organizations.find(({ id }) => id === asked) ?? organizations[0]
    return view.render('people/import', {
      organizations,
      organization,
      headings: Object.values(PEOPLE_HEADINGS).map(([heading]) => heading),
      choices: (await roleChoices(user, organization)).filter(({ mayGive }) => mayGive),
      ...extra,
    })
  }
}

/** Returns what a role is called in a file: as on the screens of either language, or by its own name. */
function namesOf({ label, name, value }: RoleChoice): string[] {
  if (name !== null) return [name]
  return [...['ja', 'en'].map((locale) => i18nManager.locale(locale).t(label!)), value]
}
