import { kindOf } from '#app/catalog/field_values'
import type { I18n } from '@adonisjs/i18n'
import {
  PERSON_FIELDS,
  SCRIPT_STEPS,
  type Field,
  type OwnPaper,
  type ServiceFiles,
} from '#app/catalog/description'
import { leavesOf } from '#app/studio/service_difference'

/** A field, a group, a letter or a side of a service that changes, in the words of the screens. */
export interface ShownChange {
  title: string
  is: 'new' | 'gone' | 'changed'
  /** what it says otherwise; nothing of what is new or gone as a whole */
  parts: { label: string; before: string; after: string }[]
}

interface Thing {
  title: string
  /** label of a part, and what it says; empty where it says nothing */
  parts: [label: string, says: string][]
}

/** Says in the words of the screens what another definition changes. */
export function showChanges(
  before: ServiceFiles | null,
  after: ServiceFiles,
  i18n: I18n,
  locale: 'ja' | 'en'
): ShownChange[] {
  // What has another name only is that everywhere, and no change of what refers to it.
  const names = new Map([...(before ? namesIn(before, locale) : []), ...namesIn(after, locale)])
  const old = before ? outline(before, i18n, names) : new Map<string, Thing>()
  const next = outline(after, i18n, names)
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((id): ShownChange[] => {
    const [was, becomes] = [old.get(id), next.get(id)]
    const { title } = (becomes ?? was)!
    if (!was) return [{ title, is: 'new', parts: [] }]
    if (!becomes) return [{ title, is: 'gone', parts: [] }]
    const said = [new Map(was.parts), new Map(becomes.parts)]
    const parts = [...new Set(said.flatMap((one) => [...one.keys()]))]
      .map((label) => ({
        label,
        before: said[0].get(label) ?? '',
        after: said[1].get(label) ?? '',
      }))
      .filter((part) => part.before !== part.after)
    return parts.length > 0 ? [{ title, is: 'changed', parts }] : []
  })
}

/** What people call the groups and fields, by their keys. */
function namesIn({ groups }: ServiceFiles, locale: 'ja' | 'en'): [key: string, name: string][] {
  return groups.flatMap((group) => [
    [`group.${group.key}`, group.label[locale]] as [string, string],
    ...group.fields.map(({ key, label }): [string, string] => [key, label[locale]]),
  ])
}

/** Everything that a definition says, by thing. */
function outline(
  files: ServiceFiles,
  i18n: I18n,
  names: ReadonlyMap<string, string>
): Map<string, Thing> {
  const t = (key: string, data?: Record<string, string | number>) => i18n.t(key, data)
  const { form, guide, replies } = files
  const labelOf = (key = '') => names.get(key) ?? key
  const yes = (is: boolean | undefined) => t(is ? 'common.yes' : 'common.no')
  const inBoth = (
    label: string,
    { ja, en }: { ja?: string | string[]; en?: string | string[] } = {}
  ): Thing['parts'] => [
    [label, listed(ja)],
    [t('services.in_english', { label }), listed(en)],
  ]
  const things = new Map<string, Thing>()
  const put = (id: string, title: string, ...parts: Thing['parts']) =>
    void things.set(id, { title, parts })

  put(
    'service',
    t('services.thing_service'),
    ...inBoth(t('services.name'), files.name),
    [t('services.client'), files.client],
    [t('orders.home_work'), yes(files.homeWorkAgreed)],
    [
      t('services.thing_groups'),
      listed(files.groups.map((group) => labelOf(`group.${group.key}`))),
    ],
    [t('services.replies_version'), String(replies.version)]
  )
  put(
    'paper',
    t('services.paper_words'),
    ...inBoth(t('services.paper_title'), form.title),
    ...inBoth(t('services.intro'), form.intro),
    ...inBoth(t('services.closing'), form.closing),
    [t('services.furigana'), listed(form.furigana?.map((one) => `${one.word}=${one.reading}`))],
    [t('services.return_address'), yes(form.returnAddress)],
    ...inBoth(t('places.secret'), form.numberBox?.label),
    [t('services.on_page'), String(form.numberBox?.page ?? '')],
    ...Object.entries(files.contact).map(([part, says]): [string, string] => [
      t(`services.contact_${part}`),
      says,
    ])
  )
  if (files.ownPaper) put('own_paper', t('places.own_paper'), ...placed(files.ownPaper))
  for (const group of files.groups) {
    put(
      `group.${group.key}`,
      t('services.thing_group', { name: labelOf(`group.${group.key}`) }),
      ...inBoth(t('services.group_label'), group.label),
      [t('services.on_page'), String(group.page)],
      [t('services.home'), t(`services.home_${group.home}`)],
      [t('services.thing_fields'), listed(group.fields.map((field) => labelOf(field.key)))]
    )
    for (const field of group.fields)
      put(
        `field.${field.key}`,
        t('services.thing_field', { name: labelOf(field.key) }),
        [t('services.group'), labelOf(`group.${group.key}`)],
        ...described(field),
        ...inBoth(t('services.guide'), guide.fields[field.key])
      )
  }
  put(
    'rules',
    t('services.rules'),
    ...PERSON_FIELDS.map((fact): [string, string] => [
      t(`services.person_${fact}`),
      labelOf(files.person[fact]),
    ]),
    [t('services.bases'), listed(files.enoughBases.map((basis) => t(`bases.${basis}`)))]
  )
  put(
    'guide',
    t('services.guide_general'),
    ...inBoth(t('services.guide_general'), guide.general),
    ...(guide.examples ?? []).flatMap(({ field, key, picture, why }) =>
      inBoth(`${t('services.examples')} ${labelOf(field)} ${picture}`, {
        ja: `${key} ${why?.ja ?? ''}`.trim(),
        en: why?.en,
      })
    )
  )
  put(
    'scripts',
    t('services.thing_scripts'),
    ...inBoth(t('services.call_script'), files.callScript),
    ...SCRIPT_STEPS.flatMap((step) => inBoth(t(`desk.step_${step}`), files.deskScript?.[step]))
  )
  for (const [kind, letter] of Object.entries(replies.letters))
    put(
      `letter.${kind}`,
      t('services.letter', { title: letter.title }),
      ...Object.entries(letter).map(([part, says]): [string, string] => [
        t(`services.letter_${part}`),
        listed(says),
      ])
    )
  // No screen changes these: they are called as in the kit's files.
  put('handover', t('services.thing_handover'), ...leavesOf(files.handover))
  return things

  function described(field: Field): Thing['parts'] {
    const { options, marks } = field
    return [
      ...inBoth(t('services.label'), field.label),
      [t('services.kind'), t(kindOf(field).label)],
      [t('services.required'), yes(field.required)],
      [t('services.linkable'), yes(field.linkable)],
      [t('services.width'), String(field.width ?? '')],
      [t('services.height'), String(field.height)],
      [t('services.cells'), String(field.cells ?? '')],
      [t('services.lines'), String(field.lines ?? '')],
      [
        t('services.options'),
        listed(options?.map(({ value, label }) => `${value}, ${label.ja}, ${label.en}`)),
      ],
      [t('services.marks'), marks ? t(`services.marks_${marks}`) : ''],
      [t('services.check'), yes(field.check !== undefined)],
      ...inBoth(t('services.hint'), field.hint),
    ]
  }

  function placed({ pages, places, turned }: OwnPaper): Thing['parts'] {
    const sizes = pages.map(({ width, height }, index) =>
      [`${width} × ${height} mm`, turned?.[index] ? `${turned[index]}°` : ''].join(' ').trim()
    )
    return [
      [t('places.pages'), listed(sizes)],
      ...places.map((place): [string, string] => [
        t('places.place', { number: place.id, label: place.label }),
        [
          place.secret ? t('places.secret') : labelOf(place.field),
          place.option ?? '',
          t(`places.shape_${place.kind}`),
          place.cells ?? '',
          t('services.page', { page: place.page }),
          `${place.x}, ${place.y}; ${place.width} × ${place.height} mm`,
        ]
          .filter((part) => part !== '')
          .join(' · '),
      ]),
    ]
  }
}

function listed(says: string | string[] | undefined): string {
  return Array.isArray(says) ? says.join('\n') : (says ?? '')
}
