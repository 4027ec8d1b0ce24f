import type { HttpContext } from '@adonisjs/core/http'
import { changeDraft } from '#app/catalog/change_draft'
import type { OwnPaper } from '#app/catalog/description'
import { draftPaper, putDraftPaper } from '#app/catalog/draft_paper'
import { ownDraft } from '#app/catalog/own_draft'
import type { Paper } from '#app/catalog/own_paper'
import { openPaper } from '#app/forms/open_paper'
import { MAX_SCAN_BYTES } from '#app/intake/limits'
import { notice } from '#app/shared/notice'
import { uploaded } from '#app/shared/uploaded'

/** The form that a city already has, under a draft instead of one that we would print. */
export default class PapersController {
  /** The blank form as it was handed in. */
  async show(ctx: HttpContext) {
    const paper = await draftPaper((await ownDraft(ctx)).slug)
    return paper ? ctx.response.type('pdf').send(paper.file) : ctx.response.notFound()
  }

  async store(ctx: HttpContext) {
    const { request, response, session } = ctx
    const draft = await ownDraft(ctx)
    const content = await uploaded(request.file('form'), MAX_SCAN_BYTES)
    const opened = content ? await openPaper(content) : { ok: false as const, reason: 'empty' }
    if (!opened.ok) {
      notice(session, 'bad', `places.refused_${opened.reason}`)
      return response.redirect(`/services/${draft.slug}/draft`)
    }
    await this.#put(ctx, draft.slug, opened.ownPaper, opened.paper)
    notice(session, 'good', 'places.found')
    return response.redirect(`/services/${draft.slug}/draft/places`)
  }

  /** Back to a form that we print. */
  async destroy(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    await this.#put(ctx, draft.slug, undefined, null)
    notice(ctx.session, 'good', 'places.paper_removed')
    return ctx.response.redirect(`/services/${draft.slug}/draft`)
  }

  #put(
    { auth }: HttpContext,
    slug: string,
    ownPaper: OwnPaper | undefined,
    paper: Paper | null
  ): Promise<void> {
    return changeDraft(
      slug,
      auth.getUserOrFail(),
      (files) => ({ ...files, ownPaper }),
      (trx) => putDraftPaper(trx, slug, paper)
    )
  }
}
