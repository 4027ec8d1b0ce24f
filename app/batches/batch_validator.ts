import vine from '@vinejs/vine'
import { wideNumber } from '#app/core/typed_number'

/** The order in which batches are offered: as usual, or first. */
export const PRIORITIES = { usual: 0, first: 1 } as const
/** Pieces of an outside tool in one batch. */
const MAX_PIECES = 100_000

export const batchValidator = vine.create({
  work_kind_id: vine.string().uuid(),
  client_id: vine.string().uuid(),
  title: vine.string().trim().minLength(1).maxLength(100),
  due_on: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
  leader_id: vine.string().uuid(),
  first: vine.boolean().optional(),
  home_work_agreed: vine.boolean().optional(),
  asked_pieces: wideNumber().withoutDecimals().range([1, MAX_PIECES]).nullable().optional(),
})

export const decisionValidator = vine.create({
  decision: vine.enum(['pause', 'resume', 'deliver', 'cancel'] as const),
})

export const acceptanceValidator = vine.create({
  decision: vine.enum(['accept', 'send_back'] as const),
  why: vine.string().trim().maxLength(500).nullable().optional(),
})

export const checkValidator = vine.create({
  share: wideNumber().withoutDecimals().range([1, 100]),
})

export const redoValidator = vine.create({
  why: vine.string().trim().minLength(1).maxLength(300),
})
