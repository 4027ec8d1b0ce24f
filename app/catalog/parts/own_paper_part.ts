import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { PLACE_KINDS, type OwnPaper, type ServiceFiles } from '#app/catalog/description'
import { kindOf } from '#app/catalog/field_values'
import { KitRefused } from '#app/catalog/kit_refused'
import { listed, type Outlined, type Say } from '#app/catalog/outline'
import { MAX, schemas } from '#app/catalog/schemas'

const { key, page } = schemas

/** A form that the city has already, and what on it is for what. */
export const ownPaperPart: DescriptionPart = {
  name: 'own paper',
  file: { name: 'own_paper.json', holds: 'ownPaper', optional: true },

  schema: () => ({
    ownPaper: vine
      .object({
        pages: vine
          .array(vine.object({ width: vine.number().min(50), height: vine.number().min(50) }))
          .minLength(1)
          .maxLength(MAX.pages),
        turned: vine.array(vine.number().min(-5).max(5)).optional(),
        places: vine.array(placeSchema()).maxLength(MAX.places),
      })
      .optional(),
  }),

  check: assertPlaced,

  outline: ({ ownPaper }, say) =>
    ownPaper
      ? [{ id: 'own_paper', title: say.t('paper.own_paper'), parts: placed(ownPaper, say) }]
      : [],
}

const placeSchema = () =>
  vine.object({
    id: vine.string(),
    kind: vine.enum(PLACE_KINDS),
    page: page(),
    x: vine.number(),
    y: vine.number(),
    width: vine.number().min(0.5),
    height: vine.number().min(0.5),
    cells: vine.number().min(1).max(40).withoutDecimals().optional(),
    label: vine.string(),
    field: key().optional(),
    option: vine.string().optional(),
    secret: vine.boolean().optional(),
  })

/** On a city's own form every field has its place, on the page of its group, and every option one of its own. */
function assertPlaced({ ownPaper, groups, form }: ServiceFiles): void {
  if (!ownPaper) return
  if (form.numberBox && !ownPaper.places.some((place) => place.secret))
    throw new KitRefused('number_open', form.numberBox.label.ja, 'it must be blacked out')
  const fields = groups.flatMap((group) => group.fields)
  const unknown = ownPaper.places.find((place) => {
    if (!place.field) return false
    const field = fields.find((one) => one.key === place.field)
    return (
      !field ||
      (place.option !== undefined &&
        !field.options?.some((option) => option.value === place.option))
    )
  })
  if (unknown)
    throw new KitRefused(
      'not_described',
      unknown.field!,
      'a place is for this, but it isn’t described'
    )
  for (const group of groups) {
    for (const field of group.fields) {
      const places = ownPaper.places.filter((place) => place.field === field.key)
      const wanting = (field.options ?? []).filter(
        (option) => !places.some((place) => place.option === option.value)
      )
      const { paper } = kindOf(field)
      const marked = paper === 'marks'
      const unfit = places.some(
        ({ kind }) => (kind === 'tick' || kind === 'circle') !== marked && paper !== 'era_date'
      )
      if (places.length === 0)
        throw new KitRefused('no_place', field.key, 'this field has no place on the form')
      if (wanting.length > 0)
        throw new KitRefused('no_place', field.key, 'this option has no place on the form')
      if (unfit)
        throw new KitRefused('unfit_place', field.key, 'marks and writing need other places')
      if (places.some((place) => place.page !== group.page) || !ownPaper.pages[group.page - 1])
        throw new KitRefused('wrong_page', field.key, "this field isn't on its group's page")
    }
  }
}

function placed({ pages, places, turned }: OwnPaper, { t, labelOf }: Say): Outlined['parts'] {
  const sizes = pages.map(({ width, height }, index) =>
    [`${width} × ${height} mm`, turned?.[index] ? `${turned[index]}°` : ''].join(' ').trim()
  )
  return [
    [t('paper.pages'), listed(sizes)],
    ...places.map((place): [string, string] => [
      t('paper.place', { number: place.id, label: place.label }),
      [
        place.secret ? t('paper.secret') : labelOf(place.field),
        place.option ?? '',
        t(`paper.shape_${place.kind}`),
        place.cells ?? '',
        t('studio.page', { page: place.page }),
        `${place.x}, ${place.y}; ${place.width} × ${place.height} mm`,
      ]
        .filter((part) => part !== '')
        .join(' · '),
    ]),
  ]
}
