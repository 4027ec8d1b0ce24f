import type { HttpContext } from '@adonisjs/core/http'
import { examplesByField } from '#app/catalog/keying_guide'
import { letterheadNow } from '#app/core/center_settings'
import { freshService } from '#app/studio/fresh_service'
import { newestVersion, versionsOf } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import ServiceDraft from '#app/studio/service_draft'
import { newServiceValidator } from '#app/studio/service_validator'
import { showServices } from '#app/studio/show_services'
import { visibleTo } from '#app/people/client_scope'
import Organization from '#app/people/organization'

/** The services of this installation: what can be asked for, on which paper, in which versions. */
export default class ServicesController {
  async index(ctx: HttpContext) {
    return showServices(ctx, null)
  }

  /** A new service begins as a draft. */
  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const [problems, input] = await newServiceValidator.tryValidate(request.all())
    const client =
      input && (await Organization.query().where({ slug: input.client, kind: 'client' }).first())
    if (problems || !input || !client) {
      response.status(422)
      return showServices(ctx, { key: 'studio.fill_in' })
    }
    const known =
      (await Service.findBy('slug', input.slug)) ?? (await ServiceDraft.find(input.slug))
    if (known) {
      response.status(422)
      return showServices(ctx, { key: 'studio.slug_taken' })
    }
    const name = { ja: input.name, en: input.name_en || input.name }
    await ServiceDraft.create({
      slug: input.slug,
      clientId: client.id,
      files: freshService(input.slug, client.slug, name, client.name, await letterheadNow()),
      changedBy: auth.getUserOrFail().id,
    })
    return response.redirect(`/services/${input.slug}/draft`)
  }

  async show({ auth, params, view }: HttpContext) {
    const service = await visibleTo(Service.query(), auth.getUserOrFail())
      .where('slug', params.slug)
      .preload('client')
      .firstOrFail()
    const version = await newestVersion(service.id)
    const versions = await versionsOf(service.id)
    const draft = await ServiceDraft.find(params.slug)
    const examples = examplesByField(version.description.guide)
    return view.render('studio/show', { service, version, versions, draft, examples })
  }
}
