import type { LucidModel, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type User from '#app/identity/user'

/** How a table of records about residents leads to whether one of them is protected (支援措置). */
const PROTECTED: Record<string, string> = {
  submissions: 'submissions.protected',
  pages:
    'exists (select 1 from submissions guarded where guarded.id = pages.submission_id and guarded.protected)',
  acceptance_checks:
    'exists (select 1 from submissions guarded where guarded.id = acceptance_checks.submission_id and guarded.protected)',
  replies: `exists (select 1 from reply_submissions of_reply join submissions guarded on guarded.id = of_reply.submission_id
    where of_reply.reply_id = replies.id and guarded.protected)`,
}

/**
 * Limits a query to the records that a person may know of: a client's own; at the center, everybody's; and of protected
 * people none, but for staff who are named for them. Every query that takes an id from a request goes through here.
 */
export function visibleTo<Model extends LucidModel, Result>(
  query: ModelQueryBuilderContract<Model, Result>,
  user: User
): ModelQueryBuilderContract<Model, Result> {
  const guarded = PROTECTED[query.model.table]
  if (guarded && !user.seesProtected) query.whereRaw(`not (${guarded})`)
  return user.worksForCenter
    ? query
    : query.where(`${query.model.table}.client_id`, user.organizationId)
}
