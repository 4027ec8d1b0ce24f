import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import type Organization from '#app/people/organization'
import i18nManager from '@adonisjs/i18n/services/main'
import { problemOfImport } from '#app/core/tables/imported'
import type { Permission } from '#app/people/permission'
import { FACTOR_HEADINGS, importRoles, ROLE_HEADINGS } from '#app/people/roles/import_roles'
import { csvFile } from '#app/core/csv_file'
import { uploaded } from '#app/core/uploaded'
import { isBase, permissionsFor } from '#app/people/permissions'
import { rolesOf, roleFor } from '#app/people/roles/list_roles'
import {
  addRole,
  changeRole,
  removeRole,
  type RolePlan,
  type Saved,
} from '#app/people/roles/save_role'
import { notice } from '#app/core/notice'

const roleValidator = vine.create({
  name: vine.string().trim().minLength(1).maxLength(60),
  permissions: vine.array(vine.string().maxLength(60)).optional(),
  asks_factor: vine.boolean().optional(),
  seen: vine.string().optional(),
})

/** Reads what a form asks a role to be. */
function planOf(input: Infer<typeof roleValidator>): RolePlan {
  return {
    name: input.name,
    permissions: input.permissions ?? [],
    asksFactor: input.asks_factor ?? false,
  }
}

/** Returns what a permission is called in a file: as on the screens of either language. */
function headingsOf(permission: Permission): string[] {
  const key = `people.may_${permission.replace('.', '_')}`
  return ['ja', 'en'].map((locale) => i18nManager.locale(locale).t(key))
}

/** Roles: who may do what, and roles of one's own. */
export default class RolesController {
  async index({ auth, request, view }: HttpContext) {
    const user = auth.getUserOrFail()
    return view.render('people/roles', {
      ...(await rolesOf(user, request.qs().organization)),
      refused: null,
      faulty: [],
    })
  }

  async create(ctx: HttpContext) {
    const { organization, choices } = await this.#organization(ctx)
    const from = choices.find(({ value }) => value === ctx.request.qs().from)
    return this.#form(ctx, organization, {
      permissions: from?.permissions ?? [],
      asksFactor: from?.asksFactor,
    })
  }

  async store(ctx: HttpContext) {
    const { organization } = await this.#organization(ctx)
    const [problems, input] = await roleValidator.tryValidate(ctx.request.all())
    if (problems) return this.#refuse(ctx, organization, { ok: false, reason: 'name_missing' })
    const saved = await addRole(ctx.auth.getUserOrFail(), organization, planOf(input))
    return saved.ok ? this.#done(ctx, organization) : this.#refuse(ctx, organization, saved)
  }

  /** Makes those of a table. */
  async import(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const { organization } = await this.#organization(ctx)
    const content = await uploaded(request.file('file'))
    const imported = content
      ? await importRoles(auth.getUserOrFail(), organization, content, headingsOf)
      : null
    if (!imported?.ok) {
      response.status(422)
      return ctx.view.render('people/roles', {
        ...(await rolesOf(auth.getUserOrFail(), organization.id)),
        refused: problemOfImport(imported),
        faulty: imported?.faulty ?? [],
      })
    }
    notice(session, 'good', 'people.roles_added')
    return response.redirect(`/roles?organization=${organization.id}`)
  }

  /** Gives away the roles of an organization as the table that is read again. */
  async export(ctx: HttpContext) {
    const { i18n, response } = ctx
    const { choices, organization } = await this.#organization(ctx)
    const permissions = permissionsFor(organization.kind)
    const lines = [
      [ROLE_HEADINGS[0], FACTOR_HEADINGS[0], ...permissions.map((one) => headingsOf(one)[0])],
      ...choices.map((role) => [
        role.name ?? i18n.t(role.label!),
        role.asksFactor ? '●' : '',
        ...permissions.map((one) => (role.permissions.includes(one) ? '●' : '')),
      ]),
    ]
    response.header('Content-Disposition', 'attachment; filename="roles.csv"')
    return response.type('text/csv; charset=utf-8').send(csvFile(lines, 'utf8').file)
  }

  async show(ctx: HttpContext) {
    const { role, organization } = await roleFor(ctx.auth.getUserOrFail(), ctx.params.id)
    return this.#form(ctx, organization, {
      id: role.id,
      name: role.name,
      permissions: role.permissions,
      asksFactor: role.asksFactor,
      seen: String(role.changedAt.toMillis()),
    })
  }

  async update(ctx: HttpContext) {
    const { role, organization } = await roleFor(ctx.auth.getUserOrFail(), ctx.params.id)
    const [problems, input] = await roleValidator.tryValidate(ctx.request.all())
    if (problems)
      return this.#refuse(ctx, organization, { ok: false, reason: 'name_missing' }, role.id)
    const plan = { ...planOf(input), seen: input.seen ?? '' }
    const saved = await changeRole(ctx.auth.getUserOrFail(), role.id, plan)
    return saved.ok
      ? this.#done(ctx, organization)
      : this.#refuse(ctx, organization, saved, role.id)
  }

  async destroy(ctx: HttpContext) {
    const { role, organization } = await roleFor(ctx.auth.getUserOrFail(), ctx.params.id)
    const removed = await removeRole(ctx.auth.getUserOrFail(), role.id)
    notice(ctx.session, removed ? 'good' : 'warn', `people.role_${removed ? 'removed' : 'in_use'}`)
    return ctx.response.redirect(`/roles?organization=${organization.id}`)
  }

  async #organization({ auth, request }: HttpContext) {
    const user = auth.getUserOrFail()
    const listed = await rolesOf(user, request.input('organization'))
    return { organization: listed.organization, choices: listed.choices }
  }

  #done({ response, session }: HttpContext, organization: Organization) {
    notice(session, 'good', 'people.role_saved')
    return response.redirect(`/roles?organization=${organization.id}`)
  }

  #refuse(
    ctx: HttpContext,
    organization: Organization,
    { reason }: Extract<Saved, { ok: false }> | { ok: false; reason: 'name_missing' },
    id?: string
  ) {
    ctx.response.status(422)
    const { name, permissions, seen, asks_factor: asksFactor } = ctx.request.all()
    return this.#form(ctx, organization, {
      id,
      name,
      permissions: Array.isArray(permissions) ? permissions : [],
      asksFactor: Boolean(asksFactor),
      seen,
      problem: `people.role_problem_${reason}`,
    })
  }

  #form(
    { auth, view }: HttpContext,
    organization: Organization,
    form: {
      id?: string
      name?: string
      permissions: string[]
      asksFactor?: boolean
      seen?: string
      problem?: string
    }
  ) {
    const user = auth.getUserOrFail()
    return view.render('people/role', {
      id: form.id ?? null,
      name: form.name ?? '',
      seen: form.seen ?? '',
      problem: form.problem ?? null,
      chosen: form.permissions,
      asksFactor: form.asksFactor ?? false,
      organization,
      permissions: permissionsFor(organization.kind).map((one) => ({
        name: one,
        key: one.replace('.', '_'),
        base: isBase(organization.kind, one),
        mayGive: user.may(one),
      })),
    })
  }
}
