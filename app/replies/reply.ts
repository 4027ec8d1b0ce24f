import { manyToMany } from '@adonisjs/lucid/orm'
import type { ManyToMany } from '@adonisjs/lucid/types/relations'
import { ReplySchema } from '#database/schema'
import Submission from '#app/submissions/submission'

/** What goes back to the resident. */
export default class Reply extends ReplySchema {
  declare kind: 'booked' | 'full' | 'already' | 'declined' | 'unclear'
  declare state: 'drafted' | 'held' | 'ready' | 'in_run' | 'posted' | 'canceled'

  @manyToMany(() => Submission, { pivotTable: 'reply_submissions' })
  declare submissions: ManyToMany<typeof Submission>
}
