import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import Service from '#app/catalog/service'
import { acceptanceOf } from '#app/catalog/acceptance_rules'
import { withNewest } from '#app/catalog/frozen_version'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import { nameSealContext, receiveRegister } from '#app/registry/receive_register'
import { countRegistered } from '#app/registry/find_registered'
import { importNames } from '#app/registry/import_names'
import { registerDifference } from '#app/registry/register_difference'
import RegisterImport from '#app/registry/register_import'
import { REGISTER_COLUMNS } from '#app/registry/registered_person'
import { decideOnRegister } from '#app/registry/decide_on_register'
import { notice } from '#app/core/notice'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { uploaded } from '#app/core/uploaded'

const uploadValidator = vine.create({
  service_id: vine.string().uuid(),
  mode: vine.enum(['full', 'changes'] as const),
})

/** The register of eligible people: files come in, their difference is looked at, then taken. */
export default class RegisterController {
  async index(ctx: HttpContext) {
    return this.#list(ctx, null)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const user = auth.getUserOrFail()
    const [problems, input] = await uploadValidator.tryValidate(request.all())
    const service =
      input && (await visibleTo(Service.query(), user).where('id', input.service_id).first())
    const file = request.file('file')
    const content = await uploaded(file)
    if (problems || !input || !service || !file || !content) {
      response.status(422)
      return this.#list(ctx, 'registry.choose_file')
    }
    const made = await receiveRegister(user, service, {
      name: file.clientName,
      content,
      mode: input.mode,
    })
    return response.redirect(`/register/${made.id}`)
  }

  async show({ auth, params, request, view, locale }: HttpContext) {
    const found = await this.#import(auth.getUserOrFail(), params.id)
    const kind = request.qs().kind
    return view.render('registry/show', {
      found,
      name: (await importNames([found], nameSealContext)).get(found.id),
      ...(await registerDifference(
        auth.getUserOrFail(),
        found,
        typeof kind === 'string' ? kind : null,
        await pageNumber(request.qs()),
        locale
      )),
    })
  }

  async take({ auth, params, response, session }: HttpContext) {
    return this.#decide(auth.getUserOrFail(), params.id, true, { response, session })
  }

  async drop({ auth, params, response, session }: HttpContext) {
    return this.#decide(auth.getUserOrFail(), params.id, false, { response, session })
  }

  async #decide(
    user: User,
    id: string,
    take: boolean,
    { response, session }: Pick<HttpContext, 'response' | 'session'>
  ) {
    const found = await this.#import(user, id)
    const done = await decideOnRegister(user, found.id, take)
    notice(
      session,
      done === 'done' ? 'good' : 'warn',
      done === 'done' ? (take ? 'registry.taking_now' : 'registry.dropped_now') : `registry.${done}`
    )
    return response.redirect(`/register/${found.id}`)
  }

  #import(user: User, id: string): Promise<RegisterImport> {
    return visibleTo(RegisterImport.query(), user).where('register_imports.id', id).firstOrFail()
  }

  async #list({ auth, request, view }: HttpContext, problem: string | null) {
    const user = auth.getUserOrFail()
    const imports = await visibleTo(RegisterImport.query(), user)
      .orderBy('createdAt', 'desc')
      .orderBy('id', 'desc')
      .paginate(await pageNumber(request.qs()), PAGE_SIZE)
    const services = await visibleTo(Service.query(), user).orderBy('slug')
    const known = await withNewest(services)
    return view.render('registry/index', {
      imports,
      names: await importNames(imports.all(), nameSealContext),
      problem,
      // Only a service that asks for a number can know people by a register; a ledger isn't one of people.
      services: known.flatMap(({ service, version: { description } }) =>
        description.person.number && !acceptanceOf(description.handover)?.ledger
          ? [{ id: service.id, name: description.name }]
          : []
      ),
      counts: await countRegistered(services.map((service) => service.id)),
      columns: Object.values(REGISTER_COLUMNS).map(({ headings, required }) => ({
        heading: headings[0],
        required,
      })),
    })
  }
}
