import type { LucidModel, ModelQueryBuilderContract } from '@adonisjs/lucid/types/model'
import type User from '#app/identity/user'

/**
 * Limits a query to the records that a person may know of: a client's own; at the center, everybody's.
 * Every query that takes an id from a request goes through here.
 */
export function visibleTo<Model extends LucidModel, Result>(
  query: ModelQueryBuilderContract<Model, Result>,
  user: User
): ModelQueryBuilderContract<Model, Result> {
  return user.worksForCenter
    ? query
    : query.where(`${query.model.table}.client_id`, user.organizationId)
}
