import vine from '@vinejs/vine'
import { MAX_LONG_TEXT } from '#app/catalog/fields/long_text'
import { texts } from '#app/tasks/texts'

export const takeValidator = vine.create({
  kind: vine.string().maxLength(40).optional(),
  task_id: vine.string().uuid().optional(),
})

/** The part of a screen that is kept while somebody works on it. */
export const draftValidator = vine.create({
  values: texts(MAX_LONG_TEXT).optional(),
  chosen: vine.record(vine.string()).optional(),
  typed: texts().optional(),
})
