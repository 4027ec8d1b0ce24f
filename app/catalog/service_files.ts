import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import vine from '@vinejs/vine'
import { FIELD_KINDS, wishesOf, type ServiceFiles } from '#app/catalog/description'

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

const deliveryRules = { connector: vine.literal('delivery') }

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
  slug: vine.string().regex(/^[a-z0-9-]+$/),
  client: vine.string(),
  name: text(),
  homeWorkAgreed: vine.boolean(),
  enoughBases: vine.array(
    vine.enum(['agreed', 'read_back', 'adjudicated', 'corrected', 'single'] as const)
  ),
  contact: vine.object({
    city: vine.string(),
    office: vine.string(),
    postcode: vine.string(),
    address: vine.string(),
    phone: vine.string(),
    fax: vine.string(),
    hours: vine.string(),
  }),
  form: vine.object({ title: text(), intro: text(), closing: text() }),
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
    kana: vine.string(),
    phone: vine.string(),
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
 * Reads a service from its files in resources/services/<slug>/.
 * @throws when a file is missing or doesn't describe a service; the message names the field
 */
export async function readServiceFiles(slug: string): Promise<ServiceFiles> {
  const read = async (name: string) =>
    JSON.parse(await readFile(app.makePath('resources/services', slug, name), 'utf8'))
  const [service, guide, replies, callScript, deskScript] = await Promise.all(
    [
      'service.json',
      'keying_guide.json',
      'replies.json',
      'call_script.json',
      'desk_script.json',
    ].map(read)
  )
  const files: ServiceFiles = await serviceRules.validate({
    ...service,
    guide,
    replies,
    callScript,
    deskScript,
  })
  assertConsistent(files)
  return files
}

/** Every field that handover or person names must exist, once. */
function assertConsistent(files: ServiceFiles): void {
  const keys = files.groups.flatMap((group) => group.fields.map((field) => field.key))
  const twice = keys.find((one, index) => keys.indexOf(one) !== index)
  if (twice) throw new Error(`Service ${files.slug}: field "${twice}" is described twice`)
  const named = [
    ...wishesOf(files.handover),
    ...(files.handover.connector === 'ride'
      ? [files.handover.from, files.handover.to, ...files.handover.fares.map((fare) => fare.field)]
      : []),
    ...Object.values(files.person),
    ...Object.keys(files.guide.fields),
  ]
  const missing = named.find((one) => !keys.includes(one))
  if (missing)
    throw new Error(`Service ${files.slug}: field "${missing}" is named but not described`)
  const open = files.groups.find(
    (group) => group.home === 'free' && group.fields.some((field) => field.linkable)
  )
  if (open)
    throw new Error(
      `Service ${files.slug}: group "${open.key}" tells who somebody is and can't be free at home`
    )
}
