import vine from '@vinejs/vine'
import { texts } from '#app/tasks/texts'

export const takeValidator = vine.create({
  kind: vine.string().maxLength(40).optional(),
  task_id: vine.string().uuid().optional(),
})

/** What is kept of a screen while somebody works on it. */
export const draftValidator = vine.create({
  values: texts().optional(),
  chosen: vine.record(vine.string()).optional(),
  typed: texts().optional(),
})
