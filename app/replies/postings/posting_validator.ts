import vine from '@vinejs/vine'
import { wideNumber } from '#app/core/typed_number'
import { DIFFERENCES, ENVELOPES, MAIL_SERVICES, PAID_BY } from '#app/replies/postings/posting'

/** Grams with a tenth, as scales show them. */
const grams = (from: number, limit: number) => wideNumber().decimal([0, 1]).range([from, limit])

export const planPostingValidator = vine.create({
  runs: vine.array(vine.string().uuid()).minLength(1).maxLength(500),
  mail_service: vine.enum(MAIL_SERVICES),
  no_forwarding: vine.boolean().optional(),
  paid_by: vine.enum(PAID_BY),
  office: vine.string().trim().maxLength(60).nullable().optional(),
  envelope: vine.enum(ENVELOPES).optional(),
  duplex: vine.boolean().optional(),
  envelope_grams: grams(0.1, 200).optional(),
  sheet_grams: grams(0.1, 50).optional(),
  enclosed_grams: grams(0, 900).optional(),
})

export const handOverValidator = vine.create({
  pieces: vine.number().withoutDecimals().optional(),
  other_days: vine.string().maxLength(12_000).nullable().optional(),
})

export const acceptValidator = vine.create({
  accepted: wideNumber().withoutDecimals().range([0, 9_999_999]),
  difference: vine.enum(DIFFERENCES).nullable().optional(),
})
