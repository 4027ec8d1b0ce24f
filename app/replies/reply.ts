import { manyToMany } from '@adonisjs/lucid/orm'
import type { ManyToMany } from '@adonisjs/lucid/types/relations'
import { ReplySchema } from '#database/schema'
import type { StopKind } from '#app/register/stop_kinds'
import Submission from '#app/submissions/submission'

/** What a reply says; the service's text of that name. */
export type ReplyKind =
  | 'booked'
  | 'received'
  | 'full'
  | 'already'
  | 'declined'
  | 'unclear'
  | 'incomplete'
  | 'late'
  | 'moved'
  | 'canceled'
  | 'closure'
  | 'called'
  | 'closed'
  | 'reminder'
  | 'slip'

/** What goes back to the resident. */
export default class Reply extends ReplySchema {
  declare kind: ReplyKind
  declare product: 'letter' | 'postcard' | 'slip'
  declare state:
    'drafted' | 'held' | 'ready' | 'in_run' | 'posted' | 'handed' | 'canceled' | 'stopped'
  declare stoppedFor: StopKind | null

  @manyToMany(() => Submission, { pivotTable: 'reply_submissions' })
  declare submissions: ManyToMany<typeof Submission>
}
