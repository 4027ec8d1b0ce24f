import vine from '@vinejs/vine'
import { COLUMN_FORMATS } from '#app/clients/export_layout'

export const orderValidator = vine.create({
  service_id: vine.string().uuid().nullable().optional(),
  client_id: vine.string().uuid().nullable().optional(),
  direction: vine.enum(['to_digital', 'to_paper'] as const),
  title: vine.string().trim().minLength(1).maxLength(100),
  due_on: vine.string().regex(/^\d{4}-\d\d-\d\d$/),
  home_work_agreed: vine.boolean().optional(),
})

export const orderUploadValidator = vine.create({
  upload_key: vine.string().regex(/^[0-9a-f-]{36}(:\d{1,4})?$/),
})

export const layoutValidator = vine.create({
  service_id: vine.string().uuid(),
  name: vine.string().trim().minLength(1).maxLength(60),
  encoding: vine.enum(['cp932', 'utf8'] as const),
  columns: vine.array(
    vine.object({
      header: vine.string().trim().maxLength(60).nullable().optional(),
      source: vine.string().maxLength(60).nullable().optional(),
      format: vine.enum(COLUMN_FORMATS).optional(),
      text: vine.string().trim().maxLength(60).nullable().optional(),
    })
  ),
})

export const correctionValidator = vine.create({
  field: vine.string().maxLength(60),
  request: vine.string().trim().minLength(1).maxLength(500),
})

export const correctionAnswerValidator = vine.create({
  keep: vine.boolean().optional(),
  sure: vine.boolean().optional(),
  asked: vine.string().nullable().optional(),
  value: vine
    .unionOfTypes([vine.string().maxLength(500), vine.array(vine.string().nullable())])
    .nullable()
    .optional(),
})
