import type { HttpContext } from '@adonisjs/core/http'
import { draftPaper } from '#app/catalog/draft_paper'
import { ownDraft } from '#app/catalog/own_draft'
import { tryReading, type Tried } from '#app/forms/try_reading'
import { MAX_SCAN_BYTES } from '#app/intake/limits'
import { uploaded } from '#app/shared/uploaded'

/** Trying a draft on a filled-in sample before it is published. */
export default class TrialsController {
  async create(ctx: HttpContext) {
    return this.#show(ctx, null)
  }

  async store(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const paper = await draftPaper(draft.slug)
    if (!paper) return ctx.response.notFound()
    const content = await uploaded(ctx.request.file('sample'), MAX_SCAN_BYTES)
    const tried = await tryReading(draft.files, paper, content ?? Buffer.alloc(0))
    if (!tried.ok) ctx.response.status(422)
    return this.#show(ctx, tried)
  }

  async #show(ctx: HttpContext, tried: Tried | null) {
    const draft = await ownDraft(ctx)
    const { files } = draft
    return ctx.view.render('forms/trial', {
      draft,
      tried,
      fields: Object.fromEntries(
        files.groups.flatMap((group) => group.fields.map((field) => [field.key, field]))
      ),
    })
  }
}
