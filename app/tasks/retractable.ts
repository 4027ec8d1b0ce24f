import type { Text } from '#app/catalog/description'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { kindsFor, type TakenBack } from '#app/tasks/task_kind'

/** Finds what somebody did last and can take back, by its name on the form; null where there is nothing. */
export async function lastRetractable(user: User): Promise<{ label: Text } | null> {
  for (const { retraction } of kindsFor(user)) {
    const last = await retraction?.last(user.id)
    if (last) return last
  }
  return null
}

/** Takes back what somebody did last. */
export async function takeBackLast(user: User, site: Site): Promise<TakenBack> {
  for (const { retraction } of kindsFor(user))
    if (await retraction?.last(user.id)) return retraction!.take(user, site)
  return { ok: false, reason: 'not_taken_back' }
}
