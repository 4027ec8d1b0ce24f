import type { HttpContext } from '@adonisjs/core/http'
import { hasDirectory } from '#app/people/directory/directory'
import { addUser } from '#app/people/members/add_user'
import { changeUser } from '#app/people/members/change_user'
import { leave } from '#app/people/members/leave'
import { listPeople, peopleFilter } from '#app/people/members/list_people'
import { mayActFor, peopleOf } from '#app/people/members/people_of'
import { returnUser } from '#app/people/members/return_user'
import { idIn, newUserValidator, userValidator } from '#app/people/members/user_form'
import { choiceOf, roleChoices } from '#app/people/roles/choices'
import { organizationsOf } from '#app/people/roles/list_roles'
import type User from '#app/people/user'
import { userListeners } from '#app/people/user_listener'
import { confirmedFactors } from '#app/people/second_factor/need'
import { notice } from '#app/core/notice'
import { mailServer } from '#app/core/mail/mail_server'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'

/** The people of an organization: added, invited on paper, changed, let go. */
export default class PeopleController {
  async index({ auth, request, view }: HttpContext) {
    const user = auth.getUserOrFail()
    const filter = peopleFilter(request.qs())
    const { q = '', organization = '', left } = filter
    return view.render('people/index', {
      people: await listPeople(user, filter).paginate(await pageNumber(request.qs()), PAGE_SIZE),
      filter,
      query: `&${new URLSearchParams({ q, organization, ...(left ? { left: '1' } : {}) }).toString()}`,
      organizations: await organizationsOf(user),
    })
  }

  async create(ctx: HttpContext) {
    return this.#new(ctx, { values: { locale: 'ja', sites: ['center'] } })
  }

  async store(ctx: HttpContext) {
    const { auth, request, response, session } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await newUserValidator.tryValidate(request.all())
    const refuse = (problem: string) => {
      response.status(422)
      return this.#new(ctx, { values: request.all(), problem })
    }
    if (problems)
      return refuse(`people.problem_${fieldIn(problems, ['login', 'email']) ?? 'incomplete'}`)
    const added = await addUser(user, {
      organizationId: input.organization_id ?? user.organizationId,
      login: input.login,
      displayName: input.display_name,
      role: input.role,
      sites: input.sites ?? [],
      locale: input.locale,
      email: input.email,
      directoryName: input.directory_name ?? null,
    })
    if (!added.ok) return refuse(`people.problem_${added.reason}`)
    notice(session, 'good', 'people.added')
    return response.redirect(`/people/${added.user.id}`)
  }

  async show(ctx: HttpContext) {
    return this.#page(ctx)
  }

  async update(ctx: HttpContext) {
    const { auth, params, request, response, session } = ctx
    const other = await this.#person(ctx)
    const [problems, input] = await userValidator.tryValidate(request.all())
    const changed = problems
      ? ({ ok: false, reason: fieldIn(problems, ['email']) ?? 'incomplete' } as const)
      : await changeUser(auth.getUserOrFail(), other.id, {
          displayName: input.display_name,
          role: input.role,
          sites: input.sites ?? [],
          locale: input.locale,
          email: input.email,
          directoryName: hasDirectory() ? (input.directory_name ?? null) : undefined,
          seen: input.seen,
        })
    if (!changed.ok) {
      response.status(422)
      return this.#page(ctx, { values: request.all(), problem: `people.problem_${changed.reason}` })
    }
    notice(session, 'good', 'people.changed')
    return response.redirect(`/people/${params.id}`)
  }

  async leave(ctx: HttpContext) {
    const other = await this.#person(ctx)
    if (ctx.request.input('sure') !== 'yes') return this.#page(ctx, { leaving: true })
    const left = await leave(ctx.auth.getUserOrFail(), other.id)
    if (!left.ok) {
      ctx.response.status(422)
      return this.#page(ctx, { problem: `people.problem_${left.reason}` })
    }
    notice(ctx.session, 'good', 'people.left')
    return ctx.response.redirect(`/people/${other.id}`)
  }

  async return(ctx: HttpContext) {
    const other = await this.#person(ctx)
    const back = await returnUser(ctx.auth.getUserOrFail(), other.id)
    notice(
      ctx.session,
      back ? 'good' : 'warn',
      back ? 'people.back' : 'people.problem_more_than_own'
    )
    return ctx.response.redirect(`/people/${other.id}`)
  }

  #person({ auth, params }: HttpContext): Promise<User> {
    return peopleOf(auth.getUserOrFail()).where('users.id', params.id).firstOrFail()
  }

  async #new({ auth, request, view }: HttpContext, extra: Record<string, unknown>) {
    const user = auth.getUserOrFail()
    const organizations = await organizationsOf(user)
    const asked = idIn(request.input('organization_id') ?? request.qs().organization)
    const organization = organizations.find(({ id }) => id === asked) ?? organizations[0]
    return view.render('people/new', {
      organizations,
      organization,
      choices: await roleChoices(user, organization),
      problem: null,
      ...extra,
    })
  }

  async #page(ctx: HttpContext, extra: Record<string, unknown> = {}) {
    const user = ctx.auth.getUserOrFail()
    const other = await this.#person(ctx)
    await other.load('organization')
    const held = await Promise.all(
      userListeners.all().map((listener) => listener.holds?.(other) ?? [])
    )
    return ctx.view.render('people/show', {
      person: other,
      freezing: ctx.request.input('freezing') === '1',
      organization: other.organization,
      mayAct: mayActFor(user, other),
      choices: await roleChoices(user, other.organization),
      choice: choiceOf(other),
      held: held.flat().filter(({ count }) => count > 0),
      values: {
        display_name: other.displayName,
        role: choiceOf(other),
        sites: other.sites,
        locale: other.locale,
        email: other.email,
        directory_name: other.directoryName,
      },
      mayMail: other.email !== null && (await mailServer()) !== null,
      factors: await confirmedFactors(other.id),
      problem: null,
      leaving: false,
      ...extra,
    })
  }
}

/** Returns the first of some fields that problems are about. */
function fieldIn<Field extends string>(
  problems: { messages: { field: string }[] },
  fields: readonly Field[]
): Field | undefined {
  return fields.find((name) => problems.messages.some(({ field }) => field === name))
}
