import type { LucidModel, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type User from '#app/people/user'

/** A model of records about residents says by SQL whether one of them is closed to `:user` (`closedTo`). */
interface Guarded {
  protectedWhen?: string
}

/**
 * Limits a query to the records that a person may know of: a client's own; at the center, everybody's; and of protected
 * people none, but for staff who are named for them. Every query that takes an id from a request goes through here.
 */
export function visibleTo<Model extends LucidModel, Result>(
  query: ModelQueryBuilderContract<Model, Result>,
  user: User
): ModelQueryBuilderContract<Model, Result> {
  const { protectedWhen: guarded } = query.model as Guarded
  if (guarded && !user.seesProtected) query.whereRaw(`not (${guarded})`, { user: user.id })
  return user.worksForCenter
    ? query
    : query.where(`${query.model.table}.client_id`, user.organizationId)
}
