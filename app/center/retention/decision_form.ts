import vine from '@vinejs/vine'

/** Somebody's word on what was asked: agreed to, or not. */
export const decisionValidator = vine.create({ decision: vine.enum(['approved', 'declined']) })
