import vine from '@vinejs/vine'
import { missingGlyphs } from '#app/replies/glyphs'
import { today } from '#app/core/clock'
import { isRealDate } from '#app/core/japanese_calendar'
import { wideNumber } from '#app/core/typed_number'

/** The order in which batches are offered: as usual, or first. */
export const PRIORITIES = { usual: 0, first: 1 } as const
/** Pieces of an outside tool in one batch. */
const MAX_PIECES = 100_000

const plan = {
  title: vine.string().trim().minLength(1).maxLength(100),
  due_on: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
  leader_id: vine.string().uuid(),
  team_id: vine.string().uuid().nullable().optional(),
  first: vine.boolean().optional(),
}

export const planValidator = vine.create(plan)

export const batchValidator = vine.create({
  ...plan,
  work_kind_id: vine.string().uuid(),
  client_id: vine.string().uuid(),
  work_order_id: vine.string().uuid().nullable().optional(),
  home_work_agreed: vine.boolean().optional(),
  asked_pieces: wideNumber().withoutDecimals().range([1, MAX_PIECES]).nullable().optional(),
})

/**
 * Says what is wrong with a plan that was typed: a day that is none or has passed, a title that the terms of its packs
 * couldn't be printed with. Null where nothing is.
 * @param known the day that it was due until now: it may stay
 */
export function planProblem(
  { title, due_on: dueOn }: { title: string; due_on: string },
  known: string | null = null
): { key: string; characters: string } | null {
  const isPast = dueOn < today() && dueOn !== known
  if (!isRealDate(dueOn) || isPast) return { key: 'clients.due_past', characters: '' }
  const lacking = missingGlyphs(title)
  return lacking.length > 0 ? { key: 'batches.glyphs', characters: lacking.join(' ') } : null
}

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
