import db from '@adonisjs/lucid/services/db'
import { followKeying } from '#app/keying/follow_plan'
import { followPriority } from '#app/tasks/plans/follow_priority'
import { transition } from '#app/core/transition'

/** Has the open work of a service follow its plan, a part at a time. */
export async function followServicePlan(id: string): Promise<void> {
  const isMore = await followKeying(id)
  await followPriority(id)
  if (isMore) await transition(async (t) => t.wake({ type: 'service_plan', id }))
}

/** The time for which a plan is followed again and again (minutes): what was being laid out as it was kept didn't see it. */
const YOUNG_MINUTES = 10

/** Has what was laid out while a plan was kept follow it as well. Run every minute. */
export async function followYoungPlans(): Promise<void> {
  const plans: { id: string }[] = await db
    .from('service_plans')
    .whereRaw(`changed_at > now() - interval '${YOUNG_MINUTES} minutes'`)
    .select('id')
  for (const { id } of plans) await followServicePlan(id)
}
