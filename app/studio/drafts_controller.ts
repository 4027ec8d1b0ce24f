import type { HttpContext } from '@adonisjs/core/http'
import { changeDraft } from '#app/studio/change_draft'
import type { ServiceFiles, Text } from '#app/catalog/description'
import { inEnglish } from '#app/catalog/in_english'
import { beginDraft, publishedPaper, removeDraft } from '#app/studio/draft_paper'
import { ownDraft } from '#app/studio/own_draft'
import { filesOf } from '#app/studio/export_service'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import ServiceDraft from '#app/studio/service_draft'
import { showDraft } from '#app/studio/show_draft'
import { paperValidator } from '#app/studio/service_validator'
import { visibleTo } from '#app/people/client_scope'
import { notice } from '#app/core/notice'

/** Changing a service: its paper, its groups and fields, with the paper beside. */
export default class DraftsController {
  /** Changing a published service begins with its newest version. */
  async store({ auth, params, response }: HttpContext) {
    const user = auth.getUserOrFail()
    const service = await visibleTo(Service.query(), user).where('slug', params.slug).firstOrFail()
    const { id, description } = await newestVersion(service.id)
    const known = await ServiceDraft.find(service.slug)
    if (!known)
      await beginDraft(
        {
          slug: service.slug,
          clientId: service.clientId,
          files: filesOf(description),
          changedBy: user.id,
        },
        await publishedPaper(id)
      )
    return response.redirect(`/services/${service.slug}/draft`)
  }

  async show(ctx: HttpContext) {
    return showDraft(ctx, await ownDraft(ctx))
  }

  async destroy(ctx: HttpContext) {
    await removeDraft((await ownDraft(ctx)).slug)
    notice(ctx.session, 'good', 'studio.draft_removed')
    return ctx.response.redirect('/services')
  }

  /** Keeps what stands around the boxes: title, words, contact. */
  async paper(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const [problems, input] = await paperValidator.tryValidate(ctx.request.all())
    if (problems || !input) return this.#refuse(ctx, draft)
    const furigana = furiganaOf(input.furigana ?? '')
    if (!furigana) return this.#refuse(ctx, draft, 'studio.furigana_unreadable')
    const { office } = input
    const given = (text: string | null | undefined) => text ?? ''
    await this.#keep(ctx, draft, (files) => ({
      ...files,
      name: { ja: input.name, en: input.name_en || input.name },
      homeWorkAgreed: input.home_work_agreed ?? false,
      form: {
        ...files.form,
        title: rewritten(files.form.title, input.title),
        intro: rewritten(files.form.intro, given(input.intro)),
        closing: rewritten(files.form.closing, given(input.closing)),
        furigana,
        returnAddress: input.return_address ?? false,
      },
      contact: {
        office,
        city: given(input.city),
        postcode: given(input.postcode),
        address: given(input.address),
        phone: given(input.phone),
        fax: given(input.fax),
        hours: given(input.hours),
      },
    }))
  }

  async #keep(
    ctx: HttpContext,
    draft: ServiceDraft,
    change: (files: ServiceFiles) => ServiceFiles
  ): Promise<void> {
    await changeDraft(draft.slug, ctx.auth.getUserOrFail(), change)
    notice(ctx.session, 'good', 'studio.kept')
    ctx.response.redirect(`/services/${draft.slug}/draft`)
  }

  #refuse(ctx: HttpContext, draft: ServiceDraft, problem = 'studio.fill_in') {
    ctx.response.status(422)
    return showDraft(ctx, draft, { problem, words: ctx.request.all() })
  }
}

/** Other words in Japanese; in English only where the Japanese stood for them. */
function rewritten(before: Text, ja: string): Text {
  return { ja, en: inEnglish(before) ?? ja }
}

/** A word a line: 接種券=せっしゅけん. Null when a line says something else. */
function furiganaOf(text: string): { word: string; reading: string }[] | null {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const found = lines.map((line) => {
    const [word, reading] = line.split(/[=＝]/).map((part) => part.trim())
    return { word, reading }
  })
  return found.every(({ word, reading }) => word && reading) ? found : null
}
