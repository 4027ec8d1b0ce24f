import vine, { errors } from '@vinejs/vine'
import {
  acceptanceOf,
  BASES,
  FIELD_KINDS,
  PLACE_KINDS,
  wishesOf,
  type LedgerRules,
  type ServiceFiles,
} from '#app/catalog/description'

/** What is wrong with a definition; the key of a message. */
export type KitProblem =
  | 'no_file'
  | 'not_json'
  | 'not_a_zip'
  | 'not_a_service'
  | 'described_twice'
  | 'not_described'
  | 'open_at_home'
  | 'no_client'
  | 'others_service'
  | 'too_long'
  | 'draft_exists'
  | 'no_place'
  | 'wrong_page'
  | 'not_a_form'
  | 'other_form'
  | 'number_open'
  | 'unfit_place'
  | 'no_letter'

/** Something in a kit is missing or doesn't describe a service: what, and where. */
export class KitRefused extends Error {
  constructor(
    readonly problem: KitProblem,
    readonly at: string,
    message: string
  ) {
    super(`${at}: ${message}`)
  }
}

const text = () => vine.object({ ja: vine.string(), en: vine.string() })
const key = () => vine.string().regex(/^[a-z][a-z0-9_]*$/)

const script = () => vine.object({ ja: vine.array(vine.string()), en: vine.array(vine.string()) })

const fieldRules = vine.object({
  key: key(),
  kind: vine.enum(FIELD_KINDS),
  label: text(),
  required: vine.boolean(),
  linkable: vine.boolean().optional(),
  width: vine.number().min(10).max(166).optional(),
  height: vine.number().min(5).max(120),
  cells: vine.number().min(1).max(18).optional(),
  lines: vine.number().min(1).max(20).optional(),
  marks: vine.enum(['boxes', 'words'] as const).optional(),
  hint: text().optional(),
  check: vine.enum(['luhn'] as const).optional(),
  options: vine.array(vine.object({ value: vine.string(), label: text() })).optional(),
})

const placeRules = vine.object({
  id: vine.string(),
  kind: vine.enum(PLACE_KINDS),
  page: vine.number().min(1),
  x: vine.number(),
  y: vine.number(),
  width: vine.number().min(0.5),
  height: vine.number().min(0.5),
  cells: vine.number().min(1).max(40).optional(),
  label: vine.string(),
  field: key().optional(),
  option: vine.string().optional(),
  secret: vine.boolean().optional(),
})

const bookingRules = {
  connector: vine.literal('booking'),
  calendar: vine.string(),
  wishes: vine.array(vine.string()).minLength(1),
  dose: vine.string(),
  furtherDoses: vine
    .array(vine.object({ key: vine.string(), label: text(), daysAfter: vine.number().min(0) }))
    .optional(),
  prices: vine.record(vine.number()),
}

const rideRules = {
  connector: vine.literal('ride'),
  calendars: vine.array(vine.string()).minLength(1),
  phoneHours: vine.string(),
  from: vine.string(),
  to: vine.string(),
  wishes: vine.array(vine.string()).minLength(1),
  fares: vine.array(
    vine.object({ field: vine.string(), label: text(), yen: vine.number().min(0).nullable() })
  ),
  coupon: vine.number().min(0).optional(),
}

const options = () => vine.array(vine.object({ value: key(), label: text() })).minLength(1)

const deliveryRules = {
  connector: vine.literal('delivery'),
  acceptance: vine
    .object({
      ledger: vine
        .object({
          number: vine.string(),
          columns: vine
            .array(vine.object({ field: vine.string(), heading: vine.string() }))
            .minLength(1),
        })
        .optional(),
      papers: vine.array(vine.object({ key: key(), label: text(), options: options() })),
      faults: vine.array(vine.object({ key: key(), label: text(), letter: vine.string() })),
      deadline: vine
        .object({
          after: vine.string(),
          month: vine.number().min(1).max(12),
          day: vine.number().min(1).max(28),
        })
        .optional(),
    })
    .optional(),
}

/** Which connector it is decides what else must be there. */
const handoverRules = vine
  .object({})
  .merge(
    vine.group([
      vine.group.if((data) => data.connector === 'booking', bookingRules),
      vine.group.if((data) => data.connector === 'ride', rideRules),
      vine.group.if((data) => data.connector === 'delivery', deliveryRules),
    ])
  )

const serviceRules = vine.create({
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
    numberBox: vine.object({ page: vine.number().min(1), label: text() }).optional(),
    furigana: vine
      .array(vine.object({ word: vine.string().minLength(1), reading: vine.string().minLength(1) }))
      .optional(),
  }),
  ownPaper: vine
    .object({
      pages: vine
        .array(vine.object({ width: vine.number().min(50), height: vine.number().min(50) }))
        .minLength(1),
      places: vine.array(placeRules),
    })
    .optional(),
  groups: vine.array(
    vine.object({
      key: key(),
      page: vine.number().min(1),
      home: vine.enum(['never', 'alone', 'free'] as const),
      label: text(),
      fields: vine.array(fieldRules).minLength(1),
    })
  ),
  handover: handoverRules,
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
  callScript: script(),
  deskScript: vine
    .object({
      asker: script().optional(),
      person: script().optional(),
      details: script().optional(),
      slots: script().optional(),
      read_back: script().optional(),
      done: script().optional(),
    })
    .optional(),
})

/**
 * Checks what is to become a service.
 * @throws {KitRefused} names the first fields that are wrong
 */
export async function checkService(definition: unknown): Promise<ServiceFiles> {
  let files: ServiceFiles
  try {
    files = await serviceRules.validate(definition)
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

/** Every field that handover or person names must exist, once. */
function assertConsistent(files: ServiceFiles): void {
  const keys = files.groups.flatMap((group) => group.fields.map((field) => field.key))
  const twice = keys.find((one, index) => keys.indexOf(one) !== index)
  if (twice) throw new KitRefused('described_twice', twice, 'this field is described twice')
  const named = [
    ...wishesOf(files.handover),
    ...(files.handover.connector === 'ride'
      ? [files.handover.from, files.handover.to, ...files.handover.fares.map((fare) => fare.field)]
      : []),
    ...Object.values(files.person),
    ...Object.keys(files.guide.fields),
    ...acceptanceFields(files),
  ]
  const missing = named.find((one) => !keys.includes(one))
  if (missing)
    throw new KitRefused('not_described', missing, 'this field is named but not described')
  // Whoever books is called back and found again by name in kana and phone.
  const unknown = (['kana', 'phone'] as const).find((fact) => !files.person[fact])
  if (unknown && files.handover.connector !== 'delivery')
    throw new KitRefused('not_described', unknown, 'a service that books needs this')
  assertPlaced(files)
  const open = files.groups.find(
    (group) => group.home === 'free' && group.fields.some((field) => field.linkable)
  )
  if (open)
    throw new KitRefused(
      'open_at_home',
      open.key,
      "this group tells who somebody is and can't be free at home"
    )
}

function acceptanceFields({ handover, replies, person }: ServiceFiles): string[] {
  const rules = acceptanceOf(handover)
  if (!rules) return []
  const letter = ['incomplete', 'late'].find((kind) => !replies.letters[kind])
  if (letter) throw new KitRefused('no_letter', letter, 'who isn’t accepted must be told')
  if (!person.address)
    throw new KitRefused('not_described', 'address', 'who isn’t accepted is told by letter')
  const { ledger, deadline } = rules
  return [
    ...(ledger ? [ledgerNumber(ledger), ...ledger.columns.map((column) => column.field)] : []),
    ...(deadline ? [deadline.after] : []),
  ]
}

/** On a city's own form every field has its place, on the page of its group, and every option one of its own. */
function assertPlaced({ ownPaper, groups, form }: ServiceFiles): void {
  if (!ownPaper) return
  if (form.numberBox && !ownPaper.places.some((place) => place.secret))
    throw new KitRefused('number_open', form.numberBox.label.ja, 'it must be blacked out')
  const fields = groups.flatMap((group) => group.fields)
  const stray = ownPaper.places.find((place) => {
    if (!place.field) return false
    const field = fields.find((one) => one.key === place.field)
    return (
      !field ||
      (place.option !== undefined &&
        !field.options?.some((option) => option.value === place.option))
    )
  })
  if (stray)
    throw new KitRefused(
      'not_described',
      stray.field!,
      'a place is for this, but it isn’t described'
    )
  for (const group of groups) {
    for (const field of group.fields) {
      const places = ownPaper.places.filter((place) => place.field === field.key)
      const wanting = (field.options ?? []).filter(
        (option) => !places.some((place) => place.option === option.value)
      )
      const marked = field.kind === 'choice' || field.kind === 'ticks'
      const unfit = places.some(
        ({ kind }) => (kind === 'tick' || kind === 'circle') !== marked && field.kind !== 'era_date'
      )
      if (places.length === 0)
        throw new KitRefused('no_place', field.label.ja, 'this field has no place on the form')
      if (wanting.length > 0)
        throw new KitRefused(
          'no_place',
          wanting[0].label.ja,
          'this option has no place on the form'
        )
      if (unfit)
        throw new KitRefused('unfit_place', field.label.ja, 'marks and writing need other places')
      if (places.some((place) => place.page !== group.page) || !ownPaper.pages[group.page - 1])
        throw new KitRefused('wrong_page', field.label.ja, "this field isn't on its group's page")
    }
  }
}

/** The number by which rows are known is one of the ledger's columns. */
function ledgerNumber({ number, columns }: LedgerRules): string {
  if (!columns.some((column) => column.field === number))
    throw new KitRefused('not_described', number, 'the ledger has no column for this')
  return number
}
