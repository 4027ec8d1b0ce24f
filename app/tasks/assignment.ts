import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { AssignmentSchema } from '#database/schema'
import type { Site } from '#app/people/user'
import Task from '#app/tasks/task'

/** A task's lease to one person until a time. The fence number grows with each lease of the task. */
export default class Assignment extends AssignmentSchema {
  declare site: Site
  declare endedReason: 'done' | 'given_back' | 'expired' | 'withdrawn' | null

  @belongsTo(() => Task)
  declare task: BelongsTo<typeof Task>
}
