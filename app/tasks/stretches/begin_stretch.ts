import { frozenVersion } from '#app/catalog/frozen_version'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { giveBackLeases } from '#app/tasks/give_back_leases'
import Stretch from '#app/tasks/stretches/stretch'
import { takeNextTask, type Taken } from '#app/tasks/take_next_task'
import { usualSeconds } from '#app/tasks/usual_seconds'

/** The stretch that somebody wants to begin. */
export interface WantedStretch {
  kind: string
  groupKey: string
  serviceVersionId: string
  promised: number
}

/**
 * Begins a stretch, and takes its first task. One that somebody was at before is over; what lay ready for them goes back:
 * it may be of another group.
 */
export async function beginStretch(user: User, site: Site, wanted: WantedStretch): Promise<Taken> {
  const { kind, groupKey, serviceVersionId } = wanted
  const { serviceId } = await frozenVersion(serviceVersionId)
  const secondsEach = await usualSeconds({ kind, groupKey, serviceId })
  await transition(async (t) => {
    await t.trx.rawQuery('select 1 from users where id = :id for no key update', { id: user.id })
    await stopAll(t, user.id)
    const ahead = t.trx.from('assignments').where({ user_id: user.id, ahead: true })
    await giveBackLeases(t, ahead, 'withdrawn')
    const stretch = new Stretch().useTransaction(t.trx)
    await stretch.merge({ id: newId(), userId: user.id, site, ...wanted, secondsEach }).save()
  })
  return takeNextTask(user, site, { kind })
}

/** Enough for now: the next task is any again. */
export function stopStretch(user: User): Promise<void> {
  return transition((t) => stopAll(t, user.id))
}

async function stopAll(t: Transition, userId: string): Promise<void> {
  const running = await Stretch.query({ client: t.trx }).where({ userId }).whereNull('endedAt')
  for (const stretch of running) await stretch.end(t, 'stopped')
}
