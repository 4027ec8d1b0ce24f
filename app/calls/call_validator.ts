import vine from '@vinejs/vine'
import { OUTCOMES } from '#app/calls/call_back'

export const hookValidator = vine.create({
  id: vine.string().minLength(1).maxLength(100),
  event: vine.enum(['ringing', 'answered', 'missed', 'abandoned', 'ended'] as const),
  from: vine.string().maxLength(30).nullable().optional(),
})

export const callValidator = vine.create({
  number: vine.string().maxLength(30).nullable().optional(),
})

export const callBackValidator = vine.create({
  outcome: vine.enum(OUTCOMES),
  /** of others told in the same call, those who take their time */
  accepting: vine.array(vine.string().uuid()).optional(),
})

export const relayValidator = vine.create({
  relay: vine.enum(['relay', 'yometel'] as const).nullable(),
})
