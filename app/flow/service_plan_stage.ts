import { followKeying } from '#app/keying/follow_plan'
import { followPriority } from '#app/tasks/plans/follow_priority'
import { transition } from '#app/core/transition'

/** Has the open work of a service follow its plan, a part at a time. */
export async function followServicePlan(id: string): Promise<void> {
  await followPriority(id)
  const isMore = await followKeying(id)
  if (isMore) await transition(async (t) => t.wake({ type: 'service_plan', id }))
}
