import vine from '@vinejs/vine'

export const hookValidator = vine.create({
  id: vine.string().minLength(1).maxLength(100),
  event: vine.enum(['ringing', 'answered', 'missed', 'abandoned', 'ended', 'test'] as const),
  from: vine.string().maxLength(30).nullable().optional(),
})

export const callValidator = vine.create({
  number: vine.string().maxLength(30).nullable().optional(),
})

export const relayValidator = vine.create({
  relay: vine.enum(['relay', 'yometel'] as const).nullable(),
})
