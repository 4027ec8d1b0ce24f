import vine from '@vinejs/vine'
import type { DescriptionPart } from '#app/catalog/description_part'
import { KEYINGS, type Field, type ServiceFiles } from '#app/catalog/description'
import { kindOf } from '#app/catalog/field_values'
import { fieldKinds } from '#app/catalog/fields/field_kind'
import { KitRefused } from '#app/catalog/kit_refused'
import { listed, type Outlined, type Say } from '#app/catalog/outline'
import { MAX, schemas } from '#app/catalog/schemas'

const { key, page, text } = schemas

/** Without these bases, some of what is keyed so would never be enough: where the machine may not, two people key. */
const BASES_OF: Record<(typeof KEYINGS)[number], ServiceFiles['enoughBases']> = {
  one: ['single'],
  machine: ['machine', 'agreed'],
  two: ['agreed'],
}

/** Tells whether what is keyed so would be enough for a service in any case. */
export function mayBeKeyed(
  { enoughBases }: Pick<ServiceFiles, 'enoughBases'>,
  keying: (typeof KEYINGS)[number]
): boolean {
  return BASES_OF[keying].every((basis) => enoughBases.includes(basis))
}

/** The part on what is asked: entry groups and their fields. */
export const groupPart: DescriptionPart = {
  name: 'groups',

  schema: () => ({
    groups: vine
      .array(
        vine.object({
          key: key(),
          page: page(),
          home: vine.enum(['never', 'alone', 'free'] as const),
          keying: vine.enum(KEYINGS).optional(),
          third: vine.boolean().optional(),
          label: text(),
          fields: vine.array(fieldSchema()).minLength(1).maxLength(MAX.fields),
        })
      )
      .maxLength(MAX.groups),
  }),

  check({ groups, ownPaper, enoughBases }) {
    const keys = groups.flatMap((group) => group.fields.map((field) => field.key))
    const twice = keys.find((one, index) => keys.indexOf(one) !== index)
    if (twice) throw new KitRefused('described_twice', twice, 'this field is described twice')
    const pages = new Set(groups.map((group) => group.page))
    const empty = groups.find((group) => group.page > 1 && !pages.has(group.page - 1))
    if (empty && !ownPaper)
      throw new KitRefused('page_gap', empty.key, 'the page before it would be empty')
    const unbased = groups.find(({ keying }) => keying && !mayBeKeyed({ enoughBases }, keying))
    if (unbased)
      throw new KitRefused(
        'keying_not_enough',
        unbased.key,
        `not every value would be enough: the bases must hold ${BASES_OF[unbased.keying!].join(', ')}`
      )
    const open = groups.find(
      (group) => group.home === 'free' && group.fields.some((field) => field.linkable)
    )
    if (open)
      throw new KitRefused(
        'open_at_home',
        open.key,
        "this group tells who somebody is and can't be free at home"
      )
  },

  outline({ groups, guide }, say) {
    const { t, yes, labelOf, inBoth } = say
    return groups.flatMap((group) => [
      {
        id: `group.${group.key}`,
        title: t('studio.thing_group', { name: labelOf(`group.${group.key}`) }),
        parts: [
          ...inBoth(t('studio.group_label'), group.label),
          [t('studio.on_page'), String(group.page)],
          [t('studio.home'), t(`studio.home_${group.home}`)],
          [t('studio.keying'), group.keying ? t(`studio.keying_${group.keying}`) : ''],
          [t('studio.third'), yes(group.third)],
          [t('studio.thing_fields'), listed(group.fields.map((field) => labelOf(field.key)))],
        ],
      },
      ...group.fields.map((field): Outlined => ({
        id: `field.${field.key}`,
        title: t('studio.thing_field', { name: labelOf(field.key) }),
        parts: [
          [t('studio.group'), labelOf(`group.${group.key}`)],
          ...described(field, say),
          ...inBoth(t('studio.guide'), guide.fields[field.key]),
        ],
      })),
    ])
  },
}

const fieldSchema = () =>
  vine.object({
    key: key(),
    kind: vine.enum(fieldKinds.all().map((kind) => kind.name)),
    label: text(),
    required: vine.boolean(),
    linkable: vine.boolean().optional(),
    width: vine.number().min(10).max(166).optional(),
    height: vine.number().min(5).max(120),
    cells: vine.number().min(1).max(18).withoutDecimals().optional(),
    lines: vine.number().min(1).max(20).withoutDecimals().optional(),
    marks: vine.enum(['boxes', 'words'] as const).optional(),
    hint: text().optional(),
    check: vine.enum(['luhn'] as const).optional(),
    options: vine
      .array(vine.object({ value: vine.string(), label: text() }))
      .maxLength(MAX.options)
      .optional(),
  })

function described(field: Field, { t, yes, inBoth }: Say): Outlined['parts'] {
  const { options, marks } = field
  return [
    ...inBoth(t('studio.label'), field.label),
    [t('studio.kind'), t(kindOf(field).label)],
    [t('studio.required'), yes(field.required)],
    [t('studio.linkable'), yes(field.linkable)],
    [t('studio.width'), String(field.width ?? '')],
    [t('studio.height'), String(field.height)],
    [t('studio.cells'), String(field.cells ?? '')],
    [t('studio.lines'), String(field.lines ?? '')],
    [
      t('studio.options'),
      listed(options?.map(({ value, label }) => `${value}, ${label.ja}, ${label.en}`)),
    ],
    [t('studio.marks'), marks ? t(`studio.marks_${marks}`) : ''],
    [t('studio.check'), yes(field.check !== undefined)],
    ...inBoth(t('studio.hint'), field.hint),
  ]
}
