import db from '@adonisjs/lucid/services/db'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import Submission from '#app/submissions/submission'
import { isRealDate } from '#app/core/japanese_calendar'
import type { Sorting } from '#app/core/sorting'

/** The columns by which requests sort, along indexes; as usual by when they were taken in. */
export const COLUMNS = { taken: 'createdAt', arrived: 'arrivedOn' }

export interface SubmissionFilter {
  state?: string
  /** YYYY-MM-DD on which it arrived */
  day?: string
  channel?: string
  /** id of the service */
  service?: string
}

/** Requests that somebody may see and that fit a filter. */
export function filtered(
  user: User,
  { state, day, channel, service }: SubmissionFilter,
  { column, direction }: Sorting
) {
  return visibleTo(Submission.query(), user)
    .if(state, (query) => query.where('state', state!))
    .if(day && isRealDate(day), (query) => query.where('arrivedOn', day!))
    .if(channel, (query) => query.where('channel', channel!))
    .if(service, (query) =>
      query.whereIn('serviceVersionId', (versions) =>
        versions.from('service_versions').where('service_id', service!).select('id')
      )
    )
    .orderBy(column, direction)
    .orderBy('createdAt', direction)
    .orderBy('id', direction)
}

/** Counts requests by state; for a client its own. */
export function countByState(user: User): Promise<{ state: string; count: string }[]> {
  return db
    .from('submissions')
    .if(!user.worksForCenter, (query) => query.where('client_id', user.organizationId))
    .groupBy('state')
    .select('state')
    .count('* as count')
}
