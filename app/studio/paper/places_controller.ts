import { fieldKinds } from '#app/catalog/fields/field_kind'
import type { HttpContext } from '@adonisjs/core/http'
import type { Infer } from '@vinejs/vine/types'
import { PLACE_KINDS, type Field, type Place, type ServiceFiles } from '#app/catalog/description'
import { changeDraft } from '#app/studio/change_draft'
import { ownDraft } from '#app/studio/own_draft'
import type ServiceDraft from '#app/studio/service_draft'
import { addPlace, movePlace, neighborsOf, removePlace } from '#app/studio/paper/edit_places'
import { placesOf } from '#app/studio/paper/own_places'
import { usePlace, type PlaceUse } from '#app/studio/paper/use_place'
import { guessField, isNumberPlace } from '#app/reading/layout/guess_field'
import { withinPaper } from '#app/reading/layout/open_paper'
import { freshPlaceValidator, placeValidator } from '#app/studio/paper/place_validator'
import { notice } from '#app/core/notice'
import { notFound } from '#app/core/not_found'

/** Places that are offered as belonging to the same answer. */
const NEIGHBORS = 12

/** Saying, place by place, what is written where on a form that a city already has. */
export default class PlacesController {
  async index(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    if (!draft.files.ownPaper) return ctx.response.redirect(`/services/${draft.slug}/draft`)
    return this.#show(ctx, draft, null)
  }

  /** One place more, on the page that is looked at; one that was removed comes back where it was. */
  async store(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const { ownPaper } = draft.files
    const [problems, input] = await freshPlaceValidator.tryValidate(ctx.request.all())
    const size = ownPaper?.pages[(input?.page ?? 0) - 1]
    if (problems || !input || !size) return notFound(ctx)
    const { page, shape = 'box', x = 20, y = 20, width = 60, height = 10 } = input
    const place = {
      ...{ kind: shape, page, label: input.label ?? '' },
      ...withinPaper({ x, y, width, height }, size),
      ...(input.cells ? { cells: input.cells } : {}),
      ...(input.field ? { field: input.field } : {}),
      ...(input.secret ? { secret: true } : {}),
      ...(input.option ? { option: input.option } : {}),
    }
    const { option, option_ja: ja, option_en: en } = input
    const stoodFor = option && ja ? { value: option, label: { ja, en: en ?? ja } } : undefined
    const { id } = addPlace(draft.files, place, stoodFor)
    await changeDraft(
      draft.slug,
      ctx.auth.getUserOrFail(),
      (files) => addPlace(files, place, stoodFor).files
    )
    return ctx.response.redirect(`/services/${draft.slug}/draft/places?at=${id}`)
  }

  async update(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const { id } = ctx.params
    const place = draft.files.ownPaper?.places.find((one) => one.id === id)
    if (!place) return notFound(ctx)
    const [problems, input] = await placeValidator.tryValidate(ctx.request.all())
    const use = problems || !input ? null : useOf(input)
    if (!input || !use) {
      ctx.response.status(422)
      return this.#show(ctx, draft, 'paper.name_it')
    }
    const { shape, x, y, width, height, cells } = input
    const offered = neighborsOf(placesOf(draft.files), place, NEIGHBORS).map((one) => one.id)
    const put = (files: ServiceFiles): ServiceFiles => {
      const moved = movePlace(files, id, {
        ...{ kind: shape, page: place.page },
        ...withinPaper({ x, y, width, height }, draft.files.ownPaper!.pages[place.page - 1]),
        ...(cells ? { cells } : {}),
      })
      return usePlace(moved, id, { ...use, offered })
    }
    await changeDraft(draft.slug, ctx.auth.getUserOrFail(), put)
    const next = nextUnnamed(put(draft.files), id)
    notice(ctx.session, 'good', next ? 'paper.kept' : 'paper.all_named')
    return ctx.response.redirect(`/services/${draft.slug}/draft/places?at=${next ?? id}`)
  }

  async destroy(ctx: HttpContext) {
    const draft = await ownDraft(ctx)
    const { id } = ctx.params
    const place = draft.files.ownPaper?.places.find((one) => one.id === id)
    if (place && isNumberPlace(place)) {
      notice(ctx.session, 'bad', 'paper.number_stays')
      return ctx.response.redirect(`/services/${draft.slug}/draft/places?at=${id}`)
    }
    const next = nextUnnamed(draft.files, id)
    await changeDraft(draft.slug, ctx.auth.getUserOrFail(), (files) => removePlace(files, id))
    if (place) {
      ctx.session.flash('removed', asRemoved(place, draft.files))
    }
    return ctx.response.redirect(`/services/${draft.slug}/draft/places?at=${next ?? ''}`)
  }

  async #show(
    { request, params, session, view }: HttpContext,
    draft: ServiceDraft,
    problem: string | null
  ) {
    const places = placesOf(draft.files)
    const asked: string | undefined = params.id ?? request.input('at')
    // A page without places is looked at by its number: there one can be added.
    const onPage = request.input('page') && !params.id
    const place = onPage
      ? undefined
      : (places.find((one) => one.id === asked) ?? places.find(isUnnamed) ?? places[0])
    const wanted = Number(request.input('page'))
    const empty = draft.files.ownPaper!.pages[wanted - 1] ? wanted : 1
    const page = place ? place.page : empty
    const fields = draft.files.groups.flatMap((group) => group.fields)
    const placed = new Set(places.map((one) => one.field))
    return view.render('studio/paper/places', {
      draft,
      problem,
      place,
      page,
      size: draft.files.ownPaper!.pages[page - 1],
      pages: draft.files.ownPaper!.pages.map((_, index) => {
        const own = places.filter((one) => one.page === index + 1)
        return { number: index + 1, first: own[0], left: own.filter(isUnnamed).length }
      }),
      places: places.filter((one) => one.page === page),
      numbers: Object.fromEntries(places.map((one, index) => [one.id, index + 1])),
      done: places.filter((one) => !isUnnamed(one)).length,
      total: places.length,
      waiting: fields.filter((field) => !placed.has(field.key)),
      fields: fields.filter((field) => placed.has(field.key)),
      groups: draft.files.groups.filter((group) => group.page === page),
      neighbors: place ? neighborsOf(places, place, NEIGHBORS) : [],
      guess: place ? guessField(place) : null,
      chosen: place ? (problem ? request.input('what') : chosenFor(place, fields, placed)) : null,
      isMark: place?.kind === 'tick' || place?.kind === 'circle',
      optionLabel: place && optionLabel(place, fields),
      kinds: fieldKinds.all(),
      shapes: PLACE_KINDS,
      typed: problem ? request.all() : null,
      others: problem
        ? [request.input('together', [])].flat()
        : places.filter((one) => one.field && one.field === place?.field).map((one) => one.id),
      removed: session.flashMessages.get('removed'),
    })
  }
}

/** Everything that brings a place back, as its form sends it. */
function asRemoved(
  { kind, page, x, y, width, height, cells, label, field: key, secret, option }: Place,
  { groups }: ServiceFiles
): Record<string, unknown> {
  const field = groups.flatMap((group) => group.fields).find((one) => one.key === key)
  const said = field?.options?.find(({ value }) => value === option)?.label
  return {
    ...{ shape: kind, page, x, y, width, height, cells, label, field: key, secret },
    ...{ option, option_ja: said?.ja, option_en: said?.en },
  }
}

/** Tells what a place is for, or most likely for. */
function chosenFor(place: Place, fields: Field[], placed: Set<string | undefined>): string {
  if (place.secret) return 'secret'
  if (place.field) return `field:${place.field}`
  if (isNumberPlace(place)) return 'secret'
  const { key } = guessField(place)
  const waits = fields.some((field) => field.key === key && !placed.has(field.key))
  return waits ? `field:${key}` : 'fresh'
}

function optionLabel(place: Place, fields: Field[]): string {
  const field = fields.find((one) => one.key === place.field)
  return field?.options?.find((one) => one.value === place.option)?.label.ja ?? place.label
}

function isUnnamed(place: Place): boolean {
  return !place.field && !place.secret
}

/** The next place, in reading order, of which nobody has said what it is for. */
function nextUnnamed(files: ServiceFiles, after: string): string | null {
  const places = placesOf(files)
  const at = places.findIndex((place) => place.id === after)
  const turned = [...places.slice(at + 1), ...places.slice(0, Math.max(0, at))]
  return turned.find(isUnnamed)?.id ?? null
}

/** Reads what was said; null where a new field lacks a name or kind. */
function useOf(input: Infer<typeof placeValidator>): PlaceUse | null {
  const rest = { together: input.together ?? [], option: input.option ?? undefined }
  if (input.what === 'secret') return { what: input.what, ...rest }
  if (input.what !== 'fresh') return { what: { field: input.what.slice('field:'.length) }, ...rest }
  if (!input.label || !input.kind) return null
  const { label, kind, required = false, linkable = false, group } = input
  const fresh = { label, kind, required, linkable, ...(group ? { group } : {}) }
  return { what: { fresh }, ...rest }
}
