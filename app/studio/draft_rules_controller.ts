import type { HttpContext } from '@adonisjs/core/http'
import {
  BASES,
  PERSON_FIELDS,
  type EntryGroup,
  type PersonFields,
  type ServiceFiles,
} from '#app/catalog/description'
import { CALL_WORDS, DESK_WORDS, SCRIPT_STEPS, type ScriptStep } from '#app/catalog/script_steps'
import { rulesOf } from '#app/catalog/handover_rules'
import { changeDraft } from '#app/studio/change_draft'
import { ownDraft } from '#app/studio/own_draft'
import type ServiceDraft from '#app/studio/service_draft'
import { asksSecrets } from '#app/catalog/spoken_script'
import { unknownCondition, unknownPlaceholder } from '#app/catalog/unknown_placeholder'
import { rulesValidator } from '#app/studio/service_validator'
import { notice } from '#app/core/notice'

/** A draft's rules: who the asking person is, what may be seen where, on which bases a value stands, what is said. */
export default class DraftRulesController {
  async edit(ctx: HttpContext) {
    return this.#render(ctx, await ownDraft(ctx), null)
  }

  async update(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const [problems, input] = await rulesValidator.tryValidate(ctx.request.all())
    if (problems || !input) {
      ctx.response.status(422)
      const noBasis = ctx.request.input('bases') === undefined
      return this.#render(ctx, draft, noBasis ? 'studio.bases_missing' : 'studio.fill_in')
    }
    const { call, call_en: callEn, desk, desk_en: deskEn } = input
    const said = [...Object.values(desk ?? {}), ...Object.values(deskEn ?? {})].flatMap(lines)
    const word =
      unknownPlaceholder([call, callEn].flatMap(lines), CALL_WORDS) ??
      unknownPlaceholder(said, DESK_WORDS) ??
      unknownCondition(said)
    const secret = asksSecrets([call, callEn].flatMap(lines))
    if (secret) {
      ctx.response.status(422)
      return this.#render(ctx, draft, 'studio.asks_secrets', secret)
    }
    if (word) {
      ctx.response.status(422)
      return this.#render(ctx, draft, 'studio.unknown_said', word)
    }
    const { files } = draft
    const keys = fieldsOf(files).map((field) => field.key)
    const person: PersonFields = Object.fromEntries(
      Object.entries(input.person ?? {}).flatMap(([fact, key]) =>
        key && keys.includes(key) ? [[fact, key]] : []
      )
    )
    const homes = input.homes ?? {}
    const change = (now: ServiceFiles): ServiceFiles => ({
      ...now,
      person,
      enoughBases: input.bases,
      groups: now.groups.map((group) => ({ ...group, home: homes[group.key] ?? group.home })),
      guide: { ...now.guide, general: { ja: lines(input.guide), en: lines(input.guide_en) } },
      callScript: { ja: lines(call), en: lines(callEn) },
      // Where nothing is booked, the screen has no desk script.
      deskScript: rulesOf(now.handover).assisted ? deskScriptOf(desk, deskEn) : now.deskScript,
    })
    await changeDraft(draft.slug, ctx.auth.getUserOrFail(), change)
    notice(ctx.session, 'good', 'studio.kept')
    return ctx.response.redirect(`/services/${draft.slug}/draft`)
  }

  #render(
    { view, request }: HttpContext,
    draft: ServiceDraft,
    problem: string | null,
    word?: string
  ) {
    const { files } = draft
    return view.render('studio/rules', {
      now: problem
        ? { person: {}, homes: {}, bases: [], desk: {}, desk_en: {}, ...request.all() }
        : {
            person: files.person,
            homes: Object.fromEntries(files.groups.map((group) => [group.key, group.home])),
            bases: files.enoughBases,
            guide: files.guide.general.ja.join('\n'),
            guide_en: files.guide.general.en.join('\n'),
            call: files.callScript.ja.join('\n'),
            call_en: files.callScript.en.join('\n'),
            desk: saidAt(files, 'ja'),
            desk_en: saidAt(files, 'en'),
          },
      draft,
      files,
      problem,
      word,
      callWords: CALL_WORDS.map((one) => `{${one}}`).join(' '),
      facts: PERSON_FIELDS,
      fields: fieldsOf(files),
      bases: BASES,
      steps: rulesOf(files.handover).assisted ? SCRIPT_STEPS : [],
      words: DESK_WORDS.map((one) => `{${one}}`).join(' '),
      homes: ['never', 'alone', 'free'] satisfies EntryGroup['home'][],
    })
  }
}

function fieldsOf(files: ServiceFiles) {
  return files.groups.flatMap((group) => group.fields)
}

type Script = ServiceFiles['callScript']
type Typed = Record<string, string | null | undefined>

/** Collects what is said at the counter, by step; steps at which nothing is said are left out. */
function deskScriptOf(ja: Typed = {}, en: Typed = {}): ServiceFiles['deskScript'] {
  const said = SCRIPT_STEPS.flatMap((step): [ScriptStep, Script][] =>
    ja[step] || en[step] ? [[step, { ja: lines(ja[step]), en: lines(en[step]) }]] : []
  )
  return said.length > 0 ? Object.fromEntries(said) : undefined
}

function saidAt({ deskScript }: ServiceFiles, language: keyof Script): Typed {
  return Object.fromEntries(
    SCRIPT_STEPS.map((step) => [step, deskScript?.[step]?.[language].join('\n')])
  )
}

function lines(text: string | null | undefined): string[] {
  return (text ?? '').split('\n').flatMap((line) => line.trim() || [])
}
