import { fieldKinds } from '#app/catalog/fields/field_kind'
import vine from '@vinejs/vine'
import { PLACE_KINDS } from '#app/catalog/description'

const mm = (least: number) => vine.number().min(least).max(500)
const cells = () => vine.number().min(1).max(40).withoutDecimals().nullable().optional()

/** A clerk's words on a place. `what`: `secret`, `fresh`, or `field:` and the key of a field. */
export const placeValidator = vine.create({
  what: vine.string().regex(/^(secret|fresh|field:[a-z][a-z0-9_]*)$/),
  label: vine.string().trim().maxLength(100).nullable().optional(),
  kind: vine.enum(() => fieldKinds.all().map((kind) => kind.name)).optional(),
  required: vine.boolean().optional(),
  linkable: vine.boolean().optional(),
  group: vine.string().nullable().optional(),
  option: vine.string().trim().maxLength(100).nullable().optional(),
  together: vine.array(vine.string()).optional(),
  shape: vine.enum(PLACE_KINDS),
  x: mm(0),
  y: mm(0),
  width: mm(1),
  height: mm(1),
  cells: cells(),
})

/** A place that is added; nothing but its page need be said. */
export const freshPlaceValidator = vine.create({
  page: vine.number().min(1).withoutDecimals(),
  shape: vine.enum(PLACE_KINDS).optional(),
  x: mm(0).optional(),
  y: mm(0).optional(),
  width: mm(0.5).optional(),
  height: mm(0.5).optional(),
  cells: cells(),
  label: vine.string().trim().maxLength(400).nullable().optional(),
  /** what it was for before it was removed */
  field: vine.string().optional(),
  secret: vine.boolean().optional(),
  option: vine.string().optional(),
  option_ja: vine.string().maxLength(400).optional(),
  option_en: vine.string().maxLength(400).optional(),
})
