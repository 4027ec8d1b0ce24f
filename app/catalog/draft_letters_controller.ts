import type { HttpContext } from '@adonisjs/core/http'
import type { LetterText } from '#app/catalog/description'
import { changeDraft } from '#app/catalog/change_draft'
import { ownDraft } from '#app/catalog/own_draft'
import { letterValidator } from '#app/catalog/service_validator'
import { notice } from '#app/shared/notice'

/** What the service answers, letter by letter. */
export default class DraftLettersController {
  async edit(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const letter = draft.files.replies.letters[ctx.params.kind]
    if (!letter) return ctx.response.notFound()
    const lines = (texts: string[]) => texts.join('\n')
    return ctx.view.render('catalog/letter', {
      draft,
      kind: ctx.params.kind,
      problem: null,
      typed: {
        ...letter,
        paragraphs: lines(letter.paragraphs),
        items: lines(letter.items),
        closing: lines(letter.closing),
      },
    })
  }

  async update(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const { replies } = draft.files
    const { kind } = ctx.params
    if (!replies.letters[kind]) return ctx.response.notFound()
    const [problems, input] = await letterValidator.tryValidate(ctx.request.all())
    if (problems || !input) {
      ctx.response.status(422)
      const typed = ctx.request.all()
      return ctx.view.render('catalog/letter', { draft, kind, typed, problem: 'services.fill_in' })
    }
    const lines = (text: string | null | undefined) =>
      (text ?? '')
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
    const letter: LetterText = {
      documentNumber: input.documentNumber ?? '',
      sender: input.sender ?? '',
      title: input.title,
      paragraphs: lines(input.paragraphs),
      highlight: input.highlight ?? '',
      lead: input.lead ?? '',
      items: lines(input.items),
      closing: lines(input.closing),
    }
    await changeDraft(draft.slug, ctx.auth.getUserOrFail(), (files) => ({
      ...files,
      replies: {
        version: files.replies.version + 1,
        letters: { ...files.replies.letters, [kind]: letter },
      },
    }))
    notice(ctx.session, 'good', 'services.kept')
    return ctx.response.redirect(`/services/${draft.slug}/draft`)
  }
}
