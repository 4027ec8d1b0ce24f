import type { HttpContext } from '@adonisjs/core/http'
import { changeDraft } from '#app/studio/change_draft'
import type { ServiceFiles } from '#app/catalog/description'
import { moveGroup, putGroup, removeGroup } from '#app/studio/edit_draft'
import { ownDraft } from '#app/studio/own_draft'
import { groupValidator } from '#app/studio/service_validator'
import { showDraft } from '#app/studio/show_draft'
import { NEW_KEY } from '#app/studio/show_field'
import { notice } from '#app/core/notice'
import { notFound } from '#app/core/not_found'

/** The entry groups of a draft, one at a time. */
export default class DraftGroupsController {
  /** `new` makes one. */
  async store(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const isNew = ctx.params.key === NEW_KEY
    const typed = ctx.request.all()
    const [problems, input] = await groupValidator.tryValidate(
      isNew ? typed : { ...typed, key: ctx.params.key }
    )
    const known = draft.files.groups.some((group) => group.key === input?.key)
    const taken = isNew && (known || input?.key === NEW_KEY)
    if (problems || !input || taken) {
      ctx.response.status(422)
      const problem = taken ? 'studio.group_taken' : 'studio.fill_in'
      return showDraft(ctx, draft, { problem, group: typed })
    }
    if (!isNew && !known) return notFound(ctx)
    const { key, page, home, keying, third } = input
    const label = { ja: input.label, en: input.label_en || input.label }
    await this.#change(
      ctx,
      (files) => putGroup(files, { key, page, home, label, keying: keying ?? undefined, third }),
      key
    )
    notice(ctx.session, 'good', 'studio.kept')
  }

  async move(ctx: HttpContext) {
    const by = ctx.request.input('to') === 'up' ? -1 : 1
    await this.#change(ctx, (files) => moveGroup(files, ctx.params.key, by))
  }

  async destroy(ctx: HttpContext) {
    await this.#change(ctx, (files) => removeGroup(files, ctx.params.key))
    notice(ctx.session, 'good', 'studio.group_removed')
  }

  async #change(
    ctx: HttpContext,
    change: (files: ServiceFiles) => ServiceFiles,
    key: string = ctx.params.key
  ): Promise<void> {
    const { slug } = await ownDraft(ctx)
    await changeDraft(slug, ctx.auth.getUserOrFail(), change)
    ctx.response.redirect(`/services/${slug}/draft#group-${key}`)
  }
}
