import { fieldKinds } from '#app/catalog/fields/field_kind'
import vine from '@vinejs/vine'
import { BASES, KEYINGS } from '#app/catalog/description'

const key = () =>
  vine
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_]*$/)
    .maxLength(40)
const words = (max: number) => vine.string().trim().maxLength(max)
const optional = (max: number) => words(max).nullable().optional()

export const newServiceValidator = vine.create({
  slug: vine
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9-]*$/)
    .maxLength(40),
  name: words(100).minLength(1),
  name_en: optional(100),
  client: vine.string(),
})

export const fieldValidator = vine.create({
  key: key(),
  group: key(),
  kind: vine.enum(() => fieldKinds.all().map((kind) => kind.name)),
  label: words(100).minLength(1),
  label_en: optional(100),
  hint: optional(100),
  hint_en: optional(100),
  required: vine.boolean().optional(),
  linkable: vine.boolean().optional(),
  width: vine.number().min(10).max(166).nullable().optional(),
  height: vine.number().min(5).max(120),
  cells: vine.number().min(1).max(18).withoutDecimals().nullable().optional(),
  lines: vine.number().min(1).max(20).withoutDecimals().nullable().optional(),
  marks: vine
    .enum(['boxes', 'words'] as const)
    .nullable()
    .optional(),
  check: vine.boolean().optional(),
  /** an option a line: value, label */
  options: optional(2000),
  guide: optional(500),
  guide_en: optional(500),
})

export const exampleValidator = vine.create({
  keyed: words(200).minLength(1),
  why: optional(200),
  why_en: optional(200),
})

export const groupValidator = vine.create({
  key: key(),
  label: words(100).minLength(1),
  label_en: optional(100),
  page: vine.number().min(1).max(20).withoutDecimals(),
  home: vine.enum(['never', 'alone', 'free'] as const),
  keying: vine.enum(KEYINGS).nullable().optional(),
  third: vine.boolean().optional(),
})

export const paperValidator = vine.create({
  name: words(100).minLength(1),
  name_en: optional(100),
  title: words(100).minLength(1),
  intro: optional(1000),
  closing: optional(1000),
  /** a word a line: 接種券=せっしゅけん */
  furigana: optional(2000),
  return_address: vine.boolean().optional(),
  office: words(100).minLength(1),
  city: optional(40),
  postcode: vine
    .string()
    .parse((typed) => (typeof typed === 'string' ? typed.normalize('NFKC') : typed))
    .trim()
    .regex(/^\d{3}-?\d{4}$/)
    .nullable()
    .optional(),
  address: optional(200),
  phone: optional(20),
  fax: optional(20),
  hours: optional(100),
  home_work_agreed: vine.boolean().optional(),
})

export const letterValidator = vine.create({
  documentNumber: optional(60),
  sender: optional(100),
  title: words(100).minLength(1),
  paragraphs: words(3000),
  highlight: optional(1000),
  lead: optional(300),
  items: optional(2000),
  closing: optional(2000),
  mailed: vine.boolean().optional(),
})

/** Rules: who the person is, who may see what, on which bases a value stands, what is said. */
export const rulesValidator = vine.create({
  person: vine.record(key().nullable()).optional(),
  homes: vine.record(vine.enum(['never', 'alone', 'free'] as const)).optional(),
  bases: vine.array(vine.enum(BASES)).minLength(1),
  guide: optional(4000),
  guide_en: optional(4000),
  call: optional(6000),
  call_en: optional(6000),
  /** by step of a visit */
  desk: vine.record(optional(2000)).optional(),
  desk_en: vine.record(optional(2000)).optional(),
})
