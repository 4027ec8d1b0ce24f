import vine from '@vinejs/vine'

const typed = (length = 200) => vine.string().maxLength(length).nullable().optional()

export const startValidator = vine.create({
  channel: vine.enum(['counter', 'phone'] as const),
  service_id: vine.string().uuid(),
  call_id: vine.string().uuid().optional(),
  ticket_id: vine.string().uuid().optional(),
})

export const requesterValidator = vine.create({
  asked_by: vine.enum(['self', 'family', 'proxy'] as const),
  consent: vine.boolean().optional(),
  service_id: vine.string().uuid(),
})

export const factsValidator = vine.create({
  number: typed(),
  kana: typed(),
  birth_date: typed(),
  phone: typed(),
})

/** Keyed texts by field; ticks come as lists. */
export const valuesValidator = vine.create({
  values: vine
    .record(
      vine
        .unionOfTypes([vine.string().maxLength(500), vine.array(vine.string().nullable())])
        .nullable()
    )
    .optional(),
})

export const slotValidator = vine.create({ slot_id: vine.string().uuid() })

export const searchValidator = vine.create({
  receipt: typed(),
  kana: typed(),
  birth_date: typed(),
  phone: typed(),
})

/** One more dose of somebody who was just helped; without, one more person. */
export const moreValidator = vine.create({
  dose: vine.string().maxLength(40).optional(),
  another_of: vine.string().uuid().optional(),
})
