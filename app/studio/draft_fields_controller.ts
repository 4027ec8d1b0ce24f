import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import { changeDraft } from '#app/studio/change_draft'
import type { Field, Option } from '#app/catalog/description'
import { isNeeded, moveField, putField, removeField } from '#app/studio/edit_draft'
import { forgetUnusedPictures, pictureNames } from '#app/catalog/guide_pictures'
import { ownDraft } from '#app/studio/own_draft'
import type ServiceDraft from '#app/studio/service_draft'
import { fieldValidator } from '#app/studio/service_validator'
import { NEW_KEY, showField } from '#app/studio/show_field'
import { kindOf } from '#app/catalog/field_values'
import { notice } from '#app/core/notice'

/** The fields of a draft, one at a time. */
export default class DraftFieldsController {
  /** `new` shows an empty field. */
  async edit(ctx: HttpContext) {
    return showField(ctx, await ownDraft(ctx))
  }

  async store(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const isNew = ctx.params.key === NEW_KEY
    const typed = ctx.request.all()
    const [problems, input] = await fieldValidator.tryValidate(
      isNew ? typed : { ...typed, key: ctx.params.key }
    )
    const problem = problems || !input ? 'studio.fill_in' : problemOf(draft, input, isNew)
    if (problem || !input) {
      ctx.response.status(422)
      return showField(ctx, draft, { problem, typed })
    }
    const guide = { ja: input.guide ?? '', en: input.guide_en || (input.guide ?? '') }
    await changeDraft(draft.slug, ctx.auth.getUserOrFail(), (files) =>
      putField(files, input.group, fieldOf(input), guide)
    )
    notice(ctx.session, 'good', 'studio.kept')
    return ctx.response.redirect(`/services/${draft.slug}/draft`)
  }

  async move(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const by = ctx.request.input('to') === 'up' ? -1 : 1
    await changeDraft(draft.slug, ctx.auth.getUserOrFail(), (files) =>
      moveField(files, ctx.params.key, by)
    )
    return ctx.response.redirect(`/services/${draft.slug}/draft#field-${ctx.params.key}`)
  }

  async destroy(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const { key } = ctx.params
    if (isNeeded(draft.files, key)) {
      ctx.response.status(422)
      return showField(ctx, draft, { problem: 'studio.field_needed' })
    }
    await changeDraft(
      draft.slug,
      ctx.auth.getUserOrFail(),
      (files) => (isNeeded(files, key) ? files : removeField(files, key)),
      (trx, files) => forgetUnusedPictures(draft.slug, pictureNames(files), trx)
    )
    notice(ctx.session, 'good', 'studio.field_removed')
    return ctx.response.redirect(`/services/${draft.slug}/draft`)
  }
}

/** Tells why a field can't be kept as it was typed. */
function problemOf(draft: ServiceDraft, input: TypedField, isNew: boolean): string | null {
  const { groups } = draft.files
  if (!groups.some((group) => group.key === input.group)) return 'studio.fill_in'
  const known = groups.some((group) => group.fields.some((field) => field.key === input.key))
  if (isNew && (known || input.key === NEW_KEY)) return 'studio.key_taken'
  return missingIn(input)
}

type TypedField = Infer<typeof fieldValidator>

/** mm; a ruled line that somebody can write on */
const RULED = 9
const OPTION_CODE = /^[A-Za-z0-9_]+$/

/** Tells what of a kind's needs is not met. */
function missingIn(input: TypedField): string | null {
  const options = optionsOf(input)
  const { editing } = kindOf(input)
  if (editing.options === 'needed' && options.length === 0) return 'studio.options_missing'
  if (options.some(({ value }) => !OPTION_CODE.test(value))) return 'studio.options_code'
  if (new Set(options.map(({ value }) => value)).size < options.length)
    return 'studio.options_twice'
  if (editing.size && !input.cells && !input.width) return 'studio.cells_missing'
  if (input.lines && input.height < input.lines * RULED) return 'studio.lines_too_low'
  return null
}

/** The field as typed, without what its kind doesn't have. */
function fieldOf(input: TypedField): Field {
  const { kind, hint } = input
  const { editing } = kindOf(input)
  const typed = {
    width: input.width ?? undefined,
    cells: editing.cells ? (input.cells ?? undefined) : undefined,
  }
  const { width, cells } = typed.width || typed.cells ? typed : { ...typed, ...editing.usual }
  const said = optionsOf(input)
  const options =
    editing.options === 'none' ? [] : said.length > 0 ? said : (editing.usual?.options ?? [])
  return {
    key: input.key,
    kind,
    label: { ja: input.label, en: input.label_en || input.label },
    required: input.required ?? false,
    height: input.height,
    ...(input.linkable ? { linkable: true } : {}),
    ...(width ? { width } : {}),
    ...(cells ? { cells } : {}),
    ...(input.lines && !cells ? { lines: input.lines } : {}),
    ...(options.length > 0 && input.marks === 'words' ? { marks: input.marks } : {}),
    ...(input.check && editing.check ? { check: 'luhn' as const } : {}),
    ...(hint ? { hint: { ja: hint, en: input.hint_en || hint } } : {}),
    ...(options.length > 0 ? { options } : {}),
  }
}

/** An option a line: its value, its label, its label in English, set apart by commas. */
function optionsOf({ options }: TypedField): Option[] {
  return (options ?? '').split('\n').flatMap((line) => {
    const [value, ja, en] = line.split(/[,、]/).map((part) => part.trim())
    return value ? [{ value, label: { ja: ja || value, en: en || ja || value } }] : []
  })
}
