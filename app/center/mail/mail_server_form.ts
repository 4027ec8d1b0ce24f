import vine from '@vinejs/vine'

/** Addresses that are told of alarms, at most. */
const MAX_ALARMS_TO = 10

const host = () =>
  vine
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]([A-Za-z0-9.:-]{0,251}[A-Za-z0-9])?$/)

const address = () => vine.string().trim().email().maxLength(200)

/** The way mail leaves, as it is typed. An empty password leaves the one that is kept. */
export const mailServerValidator = vine.create({
  mode: vine.enum(['outbox', 'smtp'] as const),
  host: host().optional().requiredWhen('mode', '=', 'smtp'),
  port: vine
    .number()
    .withoutDecimals()
    .range([1, 65_535])
    .optional()
    .requiredWhen('mode', '=', 'smtp'),
  security: vine.enum(['none', 'starttls', 'tls'] as const).optional(),
  username: vine.string().trim().maxLength(200).optional(),
  password: vine.string().maxLength(500).optional(),
  sender: address().optional().requiredWhen('mode', '=', 'smtp'),
  sender_name: vine.string().trim().maxLength(80).optional(),
  alarms_to: vine
    .string()
    .maxLength(2500)
    .optional()
    .transform((text) => text.split(/[\s,;、，；]+/u).filter((one) => one !== '')),
})

/** The mailbox in which mail comes back, as it is typed. An empty password leaves the one that is kept. */
export const inboxValidator = vine.create({
  host: host(),
  port: vine.number().withoutDecimals().range([1, 65_535]),
  security: vine.enum(['none', 'starttls', 'tls'] as const),
  username: vine.string().trim().minLength(1).maxLength(200),
  password: vine.string().maxLength(500).nullable().optional(),
})

/** One address. */
export const addressValidator = vine.create({ to: address() })

/** Whether everybody in a list can be written to. */
export async function areAddresses(list: string[]): Promise<boolean> {
  if (list.length > MAX_ALARMS_TO) return false
  const tried = await Promise.all(list.map((to) => addressValidator.tryValidate({ to })))
  return tried.every(([problems]) => !problems)
}
