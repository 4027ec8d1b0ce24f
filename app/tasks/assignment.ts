import { belongsTo } from '@adonisjs/lucid/orm'
import type { BelongsTo } from '@adonisjs/lucid/types/relations'
import { AssignmentSchema } from '#database/schema'
import type { Place } from '#app/people/user'
import Task from '#app/tasks/task'

/** A task's lease to one person until a time. The fence number grows with each lease of the task. */
export default class Assignment extends AssignmentSchema {
  declare place: Place
  declare endedReason: 'done' | 'given_back' | 'expired' | 'withdrawn' | null

  @belongsTo(() => Task)
  declare task: BelongsTo<typeof Task>
}
