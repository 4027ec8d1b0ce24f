import type { HttpContext } from '@adonisjs/core/http'
import { draftPaper } from '#app/studio/draft_paper'
import { ownDraft } from '#app/studio/own_draft'
import { tryReading, type Tried } from '#app/studio/paper/try_reading'
import { uploadedScan, type UploadedScan } from '#app/intake/uploaded_scan'
import { notFound } from '#app/core/not_found'

/** Trying a draft on a filled-in sample before it is published. */
export default class TrialsController {
  async create(ctx: HttpContext) {
    return this.#show(ctx, null)
  }

  async store(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const paper = await draftPaper(draft.slug)
    if (!paper) return notFound(ctx)
    const handed = await uploadedScan(ctx.request.file('sample'))
    const tried = handed.ok ? await tryReading(draft.files, paper, handed.content) : handed
    if (!tried.ok) ctx.response.status(422)
    return this.#show(ctx, tried)
  }

  async #show(ctx: HttpContext, tried: Tried | Exclude<UploadedScan, { ok: true }> | null) {
    const draft = await ownDraft(ctx)
    const { files } = draft
    return ctx.view.render('studio/paper/trial', {
      draft,
      tried,
      fields: Object.fromEntries(
        files.groups.flatMap((group) => group.fields.map((field) => [field.key, field]))
      ),
    })
  }
}
