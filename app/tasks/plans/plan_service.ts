import { isDeepStrictEqual } from 'node:util'
import { DateTime } from 'luxon'
import type User from '#app/people/user'
import { lockName } from '#app/core/lock'
import { transition } from '#app/core/transition'
import ServicePlan, {
  AS_PUBLISHED,
  planOf,
  type PlannedService,
} from '#app/tasks/plans/service_plan'

/**
 * Says how work of a service is done from now on, and of what nobody has begun. The way before is kept: it can be gone
 * back to.
 * @param number the plan that was looked at: somebody else may have said otherwise meanwhile
 */
export async function planService(
  user: User,
  serviceId: string,
  { priority, keying }: PlannedService,
  number: number
): Promise<'done' | 'same' | 'overtaken'> {
  return transition(async (t) => {
    await lockName(t.trx, `service plan ${serviceId}`)
    const plan = await planOf(serviceId, t.trx)
    if ((plan?.number ?? 0) !== number) return 'overtaken'
    const before = plan ? { priority: plan.priority, keying: plan.keying } : AS_PUBLISHED
    if (isDeepStrictEqual(before, { priority, keying })) return 'same'
    const next = (plan ?? new ServicePlan()).useTransaction(t.trx)
    next.merge({
      id: serviceId,
      number: number + 1,
      priority,
      keying,
      before,
      changedBy: user.id,
      changedAt: DateTime.now(),
    })
    await next.save()
    t.record({
      verb: 'service.planned',
      subject: { type: 'service_plan', id: serviceId },
      actorId: user.id,
      detail: { priority, keying: Object.entries(keying).join(' ') },
    })
    return 'done'
  })
}
