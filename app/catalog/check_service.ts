import vine, { errors } from '@vinejs/vine'
import { BASES, PLACE_KINDS, type ServiceFiles } from '#app/catalog/description'
import { assertConsistent } from '#app/catalog/assert_consistent'
import { MOST_PICTURES } from '#app/catalog/guide_pictures'
import { fieldKinds } from '#app/catalog/fields/field_kind'
import { handoverRules } from '#app/catalog/handover_rules'
import { KitRefused } from '#app/catalog/kit_refused'

/** pages of a form; and what nobody's form has more of: it is typeset before anybody looks at it */
const MOST = { pages: 20, groups: 60, fields: 300, options: 100, places: 2000 }

const page = () => vine.number().min(1).max(MOST.pages).withoutDecimals()
const text = () => vine.object({ ja: vine.string(), en: vine.string() })
const key = () => vine.string().regex(/^[a-z][a-z0-9_]*$/)

const script = () => vine.object({ ja: vine.array(vine.string()), en: vine.array(vine.string()) })

const fieldRules = () =>
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
      .maxLength(MOST.options)
      .optional(),
  })

const placeRules = vine.object({
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

/** Which connector it is decides what else must be there. */
const handoverSchema = () =>
  vine.object({}).merge(
    vine.group([
      ...handoverRules.all().map((rules) =>
        vine.group.if((data) => data.connector === rules.name, {
          connector: vine.literal(rules.name),
          ...rules.schema(),
        })
      ),
      vine.group.else({ connector: vine.enum(handoverRules.all().map((rules) => rules.name)) }),
    ])
  )

const serviceSchema = () => ({
  slug: vine.string().regex(/^[a-z][a-z0-9-]*$/),
  client: vine.string(),
  name: text(),
  homeWorkAgreed: vine.boolean(),
  enoughBases: vine.array(vine.enum(BASES)),
  contact: vine.object({
    city: vine.string(),
    office: vine.string(),
    postcode: vine.string(),
    address: vine.string(),
    phone: vine.string(),
    fax: vine.string(),
    hours: vine.string(),
  }),
  form: vine.object({
    title: text(),
    intro: text(),
    closing: text(),
    numberBox: vine.object({ page: page(), label: text() }).optional(),
    furigana: vine
      .array(vine.object({ word: vine.string().minLength(1), reading: vine.string().minLength(1) }))
      .optional(),
    returnAddress: vine.boolean().optional(),
  }),
  ownPaper: vine
    .object({
      pages: vine
        .array(vine.object({ width: vine.number().min(50), height: vine.number().min(50) }))
        .minLength(1)
        .maxLength(MOST.pages),
      turned: vine.array(vine.number().min(-5).max(5)).optional(),
      places: vine.array(placeRules).maxLength(MOST.places),
    })
    .optional(),
  groups: vine
    .array(
      vine.object({
        key: key(),
        page: page(),
        home: vine.enum(['never', 'alone', 'free'] as const),
        label: text(),
        fields: vine.array(fieldRules()).minLength(1).maxLength(MOST.fields),
      })
    )
    .maxLength(MOST.groups),
  handover: handoverSchema(),
  person: vine.object({
    kana: vine.string().optional(),
    phone: vine.string().optional(),
    watchword: vine.string().optional(),
    askedBy: vine.string().optional(),
    number: vine.string().optional(),
    name: vine.string().optional(),
    birthDate: vine.string().optional(),
    postcode: vine.string().optional(),
    address: vine.string().optional(),
    typeSize: vine.string().optional(),
    wants: vine.string().optional(),
  }),
  guide: vine.object({
    general: vine.object({ ja: vine.array(vine.string()), en: vine.array(vine.string()) }),
    fields: vine.record(text()),
    examples: vine
      .array(
        vine.object({
          field: key(),
          picture: vine.string().regex(/^[\w-]+\.png$/),
          key: vine.string().maxLength(200),
          why: text().optional(),
        })
      )
      .maxLength(MOST_PICTURES)
      .optional(),
  }),
  replies: vine.object({
    version: vine.number(),
    letters: vine.record(
      vine.object({
        documentNumber: vine.string(),
        sender: vine.string(),
        title: vine.string(),
        paragraphs: vine.array(vine.string()),
        highlight: vine.string(),
        lead: vine.string(),
        items: vine.array(vine.string()),
        closing: vine.array(vine.string()),
      })
    ),
  }),
  roster: vine
    .object({
      fields: vine.array(key()),
      marked: vine.array(vine.object({ field: key(), option: vine.string(), label: text() })),
    })
    .optional(),
  callScript: script(),
  deskScript: vine
    .object({
      asker: script().optional(),
      person: script().optional(),
      details: script().optional(),
      slots: script().optional(),
      read_back: script().optional(),
      done: script().optional(),
      no_slots: script().optional(),
      waiting: script().optional(),
    })
    .optional(),
})

/** Made when the first service is checked: every connector has registered its rules by then. */
let serviceRules: ReturnType<typeof createRules> | undefined

const createRules = () => vine.create(serviceSchema())

/**
 * Checks what is to become a service.
 * @throws {KitRefused} names the first fields that are wrong
 */
export async function checkService(definition: unknown): Promise<ServiceFiles> {
  let files: ServiceFiles
  try {
    serviceRules ??= createRules()
    files = (await serviceRules.validate(definition)) as ServiceFiles
  } catch (error) {
    if (!(error instanceof errors.E_VALIDATION_ERROR)) throw error
    const faults: { field: string; message: string }[] = error.messages
    throw new KitRefused(
      'not_a_service',
      faults
        .slice(0, 5)
        .map((fault) => fault.field)
        .join(', '),
      faults[0].message
    )
  }
  assertConsistent(files)
  return files
}
