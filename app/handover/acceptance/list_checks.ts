import type { ModelPaginatorContract } from '@adonisjs/lucid/types/model'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import AcceptanceCheck from '#app/handover/acceptance/acceptance_check'
import { PAGE_SIZE } from '#app/core/paging'

/** Checks that wait, or of which something is lacking; the longest waiting first, those of one envelope together. */
export function listChecks(
  user: User,
  state: 'open' | 'incomplete',
  page: number
): Promise<ModelPaginatorContract<AcceptanceCheck>> {
  return visibleTo(AcceptanceCheck.query(), user)
    .join('submissions', 'submissions.id', 'acceptance_checks.submission_id')
    .where('acceptance_checks.state', state)
    .whereNotIn('submissions.state', ['canceled', 'erased'])
    .orderBy('submissions.arrived_on')
    .orderByRaw('coalesce(submissions.envelope_id, submissions.id)')
    .orderBy('acceptance_checks.id')
    .select('acceptance_checks.*', 'submissions.receipt', 'submissions.arrived_on')
    .paginate(page, PAGE_SIZE)
}

/** More than this are not counted for the menu. */
const MAX_COUNTED = 1000

/** Counts the checks that wait for somebody's decision, up to a thousand. */
export async function countOpenChecks(user: User): Promise<number> {
  const open = await visibleTo(AcceptanceCheck.query(), user)
    .where('acceptance_checks.state', 'open')
    .whereExists((living) =>
      living
        .from('submissions')
        .whereColumn('submissions.id', 'acceptance_checks.submission_id')
        .whereNotIn('submissions.state', ['canceled', 'erased'])
    )
    .select('acceptance_checks.id')
    .limit(MAX_COUNTED)
  return open.length
}
