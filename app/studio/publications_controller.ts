import type { HttpContext } from '@adonisjs/core/http'
import { ownDraft } from '#app/studio/own_draft'
import type { ServiceFiles, Text } from '#app/catalog/description'
import { draftPaper, removeDraft } from '#app/studio/draft_paper'
import { asPublished } from '#app/studio/edit_draft'
import type { Paper } from '#app/catalog/own_paper'
import { planImport, PRINT, takeImport, type ImportPlan } from '#app/studio/import_service'
import { NO_COMPANIONS } from '#app/studio/companions/companions'
import { missingCalendars, namesOf, newCompanions } from '#app/studio/companions/take_companions'
import { checkService } from '#app/catalog/check_service'
import { picturesOf } from '#app/catalog/guide_pictures'
import { KitRefused } from '#app/catalog/kit_refused'
import { showChanges } from '#app/studio/show_changes'
import type ServiceDraft from '#app/studio/service_draft'
import BlankForm from '#app/studio/paper/blank_form'
import { isNumberPlace } from '#app/reading/layout/guess_field'
import { notice } from '#app/core/notice'

type Planned =
  { plan: ImportPlan; files: ServiceFiles; paper: Paper | null } | { refused: KitRefused }

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
    const { files, paper, plan } = planned
    const by = ctx.auth.getUserOrFail().id
    await takeImport(files, files.client, plan, paper, by, draft.brings ?? NO_COMPANIONS)
    await removeDraft(draft.slug)
    notice(ctx.session, 'good', 'studio.published')
    return ctx.response.redirect(`/services/${draft.slug}`)
  }

  async #show({ view, i18n, locale }: HttpContext, draft: ServiceDraft) {
    const planned = await planOf(draft)
    if ('refused' in planned) {
      const { problem, at } = planned.refused
      const refused = { problem, at: labelOf(draft.files, at)?.[locale] ?? at }
      return view.render('studio/publication', { draft, refused })
    }
    const { plan, files } = planned
    const { slug } = draft
    const brings = await newCompanions(
      { slug, clientId: plan.clientId },
      draft.brings ?? NO_COMPANIONS
    )
    return view.render('studio/publication', {
      draft,
      newest: plan.newest,
      brings: namesOf(brings),
      stops: brings.stops.length,
      missing: await missingCalendars(plan.clientId, files, brings),
      same: plan.changes.length === 0,
      unsettled: unsettledIn(draft.files),
      saysNothing: !files.person.address,
      changes: showChanges(plan.before, files, i18n, locale),
      isOtherPrint: plan.changes.some(({ at }) => at === PRINT),
    })
  }
}

async function planOf(draft: ServiceDraft): Promise<Planned> {
  try {
    if (await BlankForm.query().where({ slug: draft.slug, state: 'received' }).first())
      throw new KitRefused('form_waits', draft.slug, 'the places on its form are looked for')
    const open = draft.files.ownPaper?.places.find((one) => isNumberPlace(one) && !one.secret)
    if (open) throw new KitRefused('number_open', open.label, 'it must be blacked out')
    const files = await checkService(asPublished(draft.files))
    await picturesOf(files)
    const paper = await draftPaper(draft.slug)
    return { plan: await planImport(files, files.client, paper), files, paper }
  } catch (error) {
    if (error instanceof KitRefused) return { refused: error }
    throw error
  }
}

/** Places on a city's own form of which nobody has said what they are for: they aren't published. */
function unsettledIn({ ownPaper }: ServiceFiles): number {
  return (ownPaper?.places ?? []).filter((place) => !place.field && !place.secret).length
}

/** Finds what people call the field or group with this key. */
function labelOf({ groups }: ServiceFiles, key: string): Text | undefined {
  return [...groups, ...groups.flatMap((group) => group.fields)].find((one) => one.key === key)
    ?.label
}
