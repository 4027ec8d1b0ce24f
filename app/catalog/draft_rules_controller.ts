import type { HttpContext } from '@adonisjs/core/http'
import {
  BASES,
  PERSON_FIELDS,
  type EntryGroup,
  type PersonFields,
  type ServiceFiles,
} from '#app/catalog/description'
import { ownDraft } from '#app/catalog/own_draft'
import type ServiceDraft from '#app/catalog/service_draft'
import { rulesValidator } from '#app/catalog/service_validator'
import { notice } from '#app/shared/notice'

/** Who the person is that asks, what may be seen where, on which bases a value stands, what is said by phone. */
export default class DraftRulesController {
  async edit(ctx: HttpContext) {
    return this.#render(ctx, await ownDraft(ctx), null)
  }

  async update(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const [problems, input] = await rulesValidator.tryValidate(ctx.request.all())
    if (problems || !input) {
      ctx.response.status(422)
      return this.#render(ctx, draft, 'services.bases_missing')
    }
    const { files } = draft
    const keys = fieldsOf(files).map((field) => field.key)
    const person: PersonFields = Object.fromEntries(
      Object.entries(input.person ?? {}).flatMap(([fact, key]) =>
        key && keys.includes(key) ? [[fact, key]] : []
      )
    )
    const homes = input.homes ?? {}
    const next: ServiceFiles = {
      ...files,
      person,
      enoughBases: input.bases,
      groups: files.groups.map((group) => ({ ...group, home: homes[group.key] ?? group.home })),
      guide: { ...files.guide, general: { ja: lines(input.guide), en: lines(input.guide_en) } },
      callScript: { ja: lines(input.call), en: lines(input.call_en) },
    }
    await draft.merge({ files: next, changedBy: ctx.auth.getUserOrFail().id }).save()
    notice(ctx.session, 'good', 'services.kept')
    return ctx.response.redirect(`/services/${draft.slug}/draft`)
  }

  #render({ view }: HttpContext, draft: ServiceDraft, problem: string | null) {
    const { files } = draft
    return view.render('catalog/rules', {
      draft,
      files,
      problem,
      facts: PERSON_FIELDS,
      fields: fieldsOf(files),
      bases: BASES,
      homes: ['never', 'alone', 'free'] satisfies EntryGroup['home'][],
    })
  }
}

function fieldsOf(files: ServiceFiles) {
  return files.groups.flatMap((group) => group.fields)
}

function lines(text: string | null | undefined): string[] {
  return (text ?? '').split('\n').flatMap((line) => line.trim() || [])
}
