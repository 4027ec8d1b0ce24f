import type { HttpContext } from '@adonisjs/core/http'
import type { LetterText } from '#app/catalog/description'
import { changeDraft } from '#app/studio/change_draft'
import { ownDraft } from '#app/studio/own_draft'
import type ServiceDraft from '#app/studio/service_draft'
import { unknownPlaceholder } from '#app/catalog/unknown_placeholder'
import { letterValidator } from '#app/studio/service_validator'
import { PLACEHOLDERS } from '#app/catalog/letter_placeholders'
import { notice } from '#app/core/notice'
import { notFound } from '#app/core/not_found'

/** Parts of a letter in the order of the screen, and how many characters each may have. */
const PARTS = [
  { part: 'documentNumber', max: 60 },
  { part: 'sender', max: 100 },
  { part: 'title', max: 100 },
  { part: 'paragraphs', max: 3000, lines: true },
  { part: 'highlight', max: 1000, lines: true },
  { part: 'lead', max: 300, lines: true },
  { part: 'items', max: 2000, lines: true },
  { part: 'closing', max: 2000, lines: true },
]

/** The letters by which a service answers. */
export default class DraftLettersController {
  async edit(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const letter = draft.files.replies.letters[ctx.params.kind]
    if (!letter) return notFound(ctx)
    const lines = (texts: string[]) => texts.join('\n')
    return this.#render(ctx, draft, {
      ...letter,
      paragraphs: lines(letter.paragraphs),
      items: lines(letter.items),
      closing: lines(letter.closing),
      mailed: draft.files.replies.mailed?.includes(ctx.params.kind) ?? false,
    })
  }

  async update(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const { kind } = ctx.params
    if (!draft.files.replies.letters[kind]) return notFound(ctx)
    const typed = ctx.request.all()
    const [problems, input] = await letterValidator.tryValidate(typed)
    if (problems || !input)
      return this.#render(ctx, draft, typed, { key: 'studio.letter_incomplete' })
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
    const word = unknownPlaceholder(Object.values(letter).flat(), PLACEHOLDERS)
    if (word) return this.#render(ctx, draft, typed, { key: 'studio.unknown_placeholder', word })
    await changeDraft(draft.slug, ctx.auth.getUserOrFail(), (files) => ({
      ...files,
      replies: {
        version: files.replies.version + 1,
        letters: { ...files.replies.letters, [kind]: letter },
        mailed: [
          ...(files.replies.mailed ?? []).filter((one) => one !== kind),
          ...(input.mailed ? [String(kind)] : []),
        ],
      },
    }))
    notice(ctx.session, 'good', 'studio.kept')
    return ctx.response.redirect(`/services/${draft.slug}/draft`)
  }

  #render(
    { params, response, view }: HttpContext,
    draft: ServiceDraft,
    typed: Record<string, unknown>,
    problem: { key: string; word?: string } | null = null
  ) {
    if (problem) response.status(422)
    const words = PLACEHOLDERS.map((word) => `{${word}}`).join(' ')
    return view.render('studio/letter', {
      draft,
      kind: params.kind,
      typed,
      problem,
      words,
      parts: PARTS,
    })
  }
}
