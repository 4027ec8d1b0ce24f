import type { HttpContext } from '@adonisjs/core/http'
import vine from '@vinejs/vine'
import type { Infer } from '@vinejs/vine/types'
import { PLACE_KINDS, type PlaceKind } from '#app/catalog/description'
import { inReadingOrder } from '#app/catalog/own_paper'
import { attachForm, detachForm } from '#app/mailings/forms/attach_form'
import { knownWord, wordsBeside } from '#app/mailings/forms/known_word'
import { showForm } from '#app/mailings/forms/show_form'
import { ownTemplate } from '#app/mailings/templates/own_template'
import type { Rectangle } from '#app/reading/layout/blank_page'
import { isNumberPlace } from '#app/reading/layout/guess_field'
import { withinPaper } from '#app/reading/layout/open_paper'
import {
  addPlace,
  changePlace,
  removePlace,
  type SaidOfPlace,
} from '#app/replies/enclosures/change_form'
import { openForm, receiveForm } from '#app/replies/enclosures/receive_form'
import { notFound } from '#app/core/not_found'
import { notice } from '#app/core/notice'
import { uploaded } from '#app/core/uploaded'

/** An empty form takes less; it is kept with every version of its letter. */
const MAX_FORM_BYTES = 10 * 1024 * 1024

const mm = (least: number) => vine.number().min(least).max(500)

const said = () => ({
  word: vine.string().trim().maxLength(40).nullable().optional(),
  when: vine.string().trim().maxLength(40).nullable().optional(),
  optional: vine.boolean().optional(),
  goes_on: vine.boolean().optional(),
  from_right: vine.boolean().optional(),
  cells: vine.number().min(1).max(40).withoutDecimals().nullable().optional(),
})

const saidValidator = vine.create(said())

const placeValidator = vine.create({
  ...said(),
  shape: vine.enum(PLACE_KINDS),
  ...{ x: mm(0), y: mm(0), width: mm(1), height: mm(1) },
})

/** A place that is added; nothing but its page need be said. One that was removed comes back as it was. */
const freshPlaceValidator = vine.create({
  ...said(),
  page: vine.number().min(1).withoutDecimals(),
  shape: vine.enum(PLACE_KINDS).optional(),
  label: vine.string().trim().maxLength(400).nullable().optional(),
  x: mm(0).optional(),
  y: mm(0).optional(),
  width: mm(1).optional(),
  height: mm(1).optional(),
})

/** The department's own form behind the letters of a template: handed in, its places named, filled in. */
export default class LetterFormsController {
  async show(ctx: HttpContext) {
    return showForm(ctx, await ownTemplate(ctx))
  }

  async store(ctx: HttpContext) {
    const { auth, i18n, request, response } = ctx
    const template = await ownTemplate(ctx)
    const file = request.file('form')
    const content = file && (await uploaded(file, MAX_FORM_BYTES))
    if (!content || content.length === 0) {
      response.status(422)
      const problem = !file ? 'not_chosen' : content ? 'empty' : 'too_large'
      return showForm(ctx, template, { problem: i18n.t(`mailings.refused_${problem}`) })
    }
    const { id, clientId } = template
    await receiveForm(auth.getUserOrFail(), { templateId: id, clientId }, content)
    return response.redirect(`/letter-templates/${id}/form`)
  }

  /** One place more, on the page that is looked at. */
  async addPlace(ctx: HttpContext) {
    const { auth, request, response } = ctx
    const { template, form } = await this.#form(ctx)
    const [problems, input] = await freshPlaceValidator.tryValidate(request.all())
    const size = form?.pages[(input?.page ?? 0) - 1]
    if (problems || !form || !size) return notFound(ctx)
    const { page, shape = 'box', label, x = 20, y = 20, width = 60, height = 10 } = input
    const id = await addPlace(auth.getUserOrFail(), form, {
      ...{ page, label: label ?? '' },
      // What comes there is said on it.
      ...placeOf(shape, withinPaper({ x, y, width, height }, size), {
        ...input,
        word: input.word && !problemOf(input.word) ? input.word : null,
      }),
    })
    return response.redirect(`/letter-templates/${template.id}/form?at=${id}`)
  }

  async changePlace(ctx: HttpContext) {
    const { auth, i18n, params, request, response, session } = ctx
    const { template, form } = await this.#form(ctx)
    const place = form?.places.find((one) => one.id === params.place)
    if (!form || !place) return notFound(ctx)
    const [problems, input] = await placeValidator.tryValidate(request.all())
    const refuse = (problem: string) => {
      response.status(422)
      return showForm(ctx, template, { problem, at: place.id, typed: request.all() })
    }
    if (problems) return refuse(i18n.t('mailings.place_incomplete'))
    const word = input.word && knownWord(input.word, await wordsBeside(template, form))
    const problem = word && problemOf(word)
    if (problem) return refuse(i18n.t(problem, { word }))
    const { shape, x, y, width, height } = input
    const area = withinPaper({ x, y, width, height }, form.pages[place.page - 1])
    await changePlace(
      auth.getUserOrFail(),
      form,
      place.id,
      placeOf(shape, area, { ...input, word })
    )
    const order = inReadingOrder(form.places)
    const next = order[order.findIndex(({ id }) => id === place.id) + 1] ?? place
    notice(session, 'good', 'paper.kept')
    return response.redirect(`/letter-templates/${template.id}/form?at=${next.id}`)
  }

  async removePlace(ctx: HttpContext) {
    const { auth, params, response, session } = ctx
    const { template, form } = await this.#form(ctx)
    if (!form) return notFound(ctx)
    const place = form.places.find(({ id }) => id === params.place)
    await removePlace(auth.getUserOrFail(), form, params.place)
    if (place) {
      const { kind, goesOn, fromRight, ...rest } = place
      session.flash('removed', {
        ...{ ...rest, shape: kind },
        ...(goesOn ? { goes_on: goesOn } : {}),
        ...(fromRight ? { from_right: fromRight } : {}),
      })
    }
    return response.redirect(`/letter-templates/${template.id}/form?page=${place?.page ?? 1}`)
  }

  /** Letters go with it from now on. */
  async attach(ctx: HttpContext) {
    const { auth, i18n, response, session } = ctx
    const { template, form } = await this.#form(ctx)
    if (!form) return notFound(ctx)
    const problem = await attachForm(auth.getUserOrFail(), template, form.id)
    if (problem) {
      response.status(422)
      return showForm(ctx, template, { problem: i18n.t(`mailings.${problem}`) })
    }
    notice(session, 'good', 'mailings.form_attached')
    return response.redirect(`/letter-templates/${template.id}`)
  }

  /** Letters go alone again. */
  async detach(ctx: HttpContext) {
    const template = await ownTemplate(ctx)
    await detachForm(ctx.auth.getUserOrFail(), template)
    notice(ctx.session, 'good', 'mailings.form_detached')
    return ctx.response.redirect(`/letter-templates/${template.id}`)
  }

  async #form(ctx: HttpContext) {
    const template = await ownTemplate(ctx)
    const form = await openForm(template.id)
    return { template, form: form?.state === 'found' ? form : null }
  }
}

/** Says why a column can't come onto a form. */
function problemOf(word: string): string | null {
  if (isNumberPlace({ label: word.normalize('NFKC') })) return 'mailings.my_number_word'
  return /[{}]/.test(word) ? 'mailings.place_braces' : null
}

/** The words of a form on a place, without those that its kind has no use for. */
function placeOf(
  kind: PlaceKind,
  area: Rectangle,
  input: Infer<typeof saidValidator>
): SaidOfPlace {
  const { word, when, optional, cells, goes_on: goesOn, from_right: fromRight } = input
  return {
    ...{ kind, ...area },
    ...(kind === 'comb' ? { cells: cells ?? 1 } : {}),
    ...(kind === 'comb' && goesOn ? { goesOn } : {}),
    ...(kind === 'comb' && fromRight ? { fromRight } : {}),
    ...(word ? { word, ...(when ? { when } : {}), ...(optional ? { optional } : {}) } : {}),
  }
}
