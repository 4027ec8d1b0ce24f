import type { HttpContext } from '@adonisjs/core/http'
import { ownDraft } from '#app/catalog/own_draft'
import { withoutEmptyGroups } from '#app/catalog/edit_draft'
import { planImport, takeImport, type ImportPlan } from '#app/catalog/import_service'
import { KitRefused, checkService } from '#app/catalog/check_service'
import type ServiceDraft from '#app/catalog/service_draft'
import { notice } from '#app/shared/notice'

type Planned = { plan: ImportPlan } | { refused: KitRefused }

/** Publishing: first what changes is shown, then the draft becomes the next version. */
export default class PublicationsController {
  async create(ctx: HttpContext) {
    return this.#show(ctx, await ownDraft(ctx))
  }

  async store(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const planned = await planOf(draft)
    if ('refused' in planned) {
      ctx.response.status(422)
      return this.#show(ctx, draft)
    }
    await takeImport(withoutEmptyGroups(draft.files), draft.files.client, planned.plan)
    await draft.delete()
    notice(ctx.session, 'good', 'services.published')
    return ctx.response.redirect(`/services/${draft.slug}`)
  }

  async #show({ view }: HttpContext, draft: ServiceDraft) {
    const planned = await planOf(draft)
    return view.render('catalog/publication', {
      draft,
      plan: 'plan' in planned ? planned.plan : null,
      refused: 'refused' in planned ? planned.refused : null,
    })
  }
}

async function planOf(draft: ServiceDraft): Promise<Planned> {
  try {
    const files = await checkService(withoutEmptyGroups(draft.files))
    return { plan: await planImport(files, files.client) }
  } catch (error) {
    if (error instanceof KitRefused) return { refused: error }
    throw error
  }
}
