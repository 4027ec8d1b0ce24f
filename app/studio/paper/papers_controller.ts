import type { HttpContext } from '@adonisjs/core/http'
import { changeDraft } from '#app/studio/change_draft'
import { draftPaper, putDraftPaper } from '#app/studio/draft_paper'
import { ownDraft } from '#app/studio/own_draft'
import type ServiceDraft from '#app/studio/service_draft'
import BlankForm from '#app/studio/paper/blank_form'
import { forgetBlank, receiveBlank } from '#app/studio/paper/receive_blank'
import { uploadedScan } from '#app/intake/uploaded_scan'
import { notice } from '#app/core/notice'
import { notFound } from '#app/core/not_found'

/** The form that a city already has, under a draft instead of one that we would print. */
export default class PapersController {
  /** Handing one in, and how far finding the places on it is. */
  async create(ctx: HttpContext) {
    return this.#show(ctx, await ownDraft(ctx), null)
  }

  /** The blank form as it was handed in. */
  async show(ctx: HttpContext) {
    const paper = await draftPaper((await ownDraft(ctx)).slug)
    return paper ? ctx.response.type('pdf').send(paper.file) : notFound(ctx)
  }

  async store(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const draft = await ownDraft(ctx)
    const handed = await uploadedScan(request.file('form'))
    if (!handed.ok) {
      response.status(422)
      return this.#show(ctx, draft, handed.reason)
    }
    await receiveBlank(auth.getUserOrFail(), draft, handed.content)
    return response.redirect(`/services/${draft.slug}/draft/form`)
  }

  /** Back to a form that we print. */
  async destroy(ctx: HttpContext) {
    const { slug } = await ownDraft(ctx)
    await changeDraft(
      slug,
      ctx.auth.getUserOrFail(),
      (files) => ({ ...files, ownPaper: undefined }),
      async (trx) => {
        await putDraftPaper(trx, slug, null)
        await forgetBlank(trx, slug)
      }
    )
    notice(ctx.session, 'good', 'paper.paper_removed')
    return ctx.response.redirect(`/services/${slug}/draft`)
  }

  async #show({ request, view }: HttpContext, draft: ServiceDraft, problem: string | null) {
    const blank = await BlankForm.findBy('slug', draft.slug)
    return view.render('studio/paper/paper', {
      draft,
      blank,
      problem: problem ?? blank?.reason,
      isWaiting: blank?.state === 'received',
      // Fetched by a screen that waited. Others don't follow: a file that was chosen must not go when the server speaks.
      isFollowed: request.qs().followed !== undefined,
    })
  }
}
