import vine from '@vinejs/vine'

const day = () => vine.string().regex(/^\d{4}-\d{2}-\d{2}$/)

export const exportValidator = vine.create({
  service_id: vine.string().uuid(),
  layout_id: vine.string().uuid().nullable().optional(),
  order_id: vine.string().uuid().nullable().optional(),
  encoding: vine.enum(['utf8', 'cp932'] as const).optional(),
  arrived_from: day().nullable().optional(),
  arrived_to: day().nullable().optional(),
  state: vine
    .enum(['verified', 'handing_over', 'replying', 'closed', 'held'] as const)
    .nullable()
    .optional(),
  only_new: vine.boolean().optional(),
})
