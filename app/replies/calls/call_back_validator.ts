import vine from '@vinejs/vine'
import { OUTCOMES } from '#app/replies/calls/call_back'

export const callBackValidator = vine.create({
  outcome: vine.enum(OUTCOMES),
  /** of others told in the same call, those who take their time */
  accepting: vine.array(vine.string().uuid()).optional(),
})
