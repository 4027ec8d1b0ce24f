import db from '@adonisjs/lucid/services/db'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import Submission from '#app/submissions/submission'

/** Selects what may be seen, and what is asked in one's own visit: who helps somebody hands over their paper. */
export function helpedBy(user: User) {
  const own = db.from('visits').where('user_id', user.id).whereNull('ended_at').select('id')
  const seen = visibleTo(Submission.query(), user).select('submissions.id')
  return Submission.query().where((query) =>
    query.whereIn('submissions.id', seen).orWhereIn('submissions.visit_id', own)
  )
}
