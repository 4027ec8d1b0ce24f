import type { Text } from '#app/catalog/description'
import { NumberSetting } from '#app/core/number_setting'
import type { OpenGroup } from '#app/tasks/count_tasks'
import { minutesFor } from '#app/tasks/stretches/stretch'
import { usualSeconds } from '#app/tasks/usual_seconds'
import { taskKinds } from '#app/tasks/task_kind'

/** Minutes that a stretch of work takes. */
export const stretchMinutes = new NumberSetting({
  name: 'tasks.stretch_minutes',
  section: 'work',
  unit: 'minutes',
  fallback: 10,
  min: 3,
  max: 60,
})

/** So many are offered at once. */
const OFFERED = 6

/** A stretch that somebody could begin. */
export interface StretchOffer {
  kind: string
  groupKey: string
  serviceVersionId: string
  label: Text
  service: Text
  promised: number
  minutes: number
}

/** Offers stretches of what waits for somebody: those of which there is enough first. */
export async function offerStretches(waiting: OpenGroup[]): Promise<StretchOffer[]> {
  const minutes = await stretchMinutes.value()
  const groups = waiting
    .filter(({ kind, serviceId }) => serviceId && taskKinds.get(kind).groups)
    .toSorted((a, b) => b.requests - a.requests || a.groupKey.localeCompare(b.groupKey))
    .slice(0, OFFERED)
  const offers = await Promise.all(
    groups.map(async ({ kind, groupKey, serviceId, serviceVersionId, requests }) => {
      const secondsEach = await usualSeconds({ kind, groupKey, serviceId: serviceId! })
      const promised = Math.min(requests, Math.max(1, Math.round((minutes * 60) / secondsEach)))
      const named = await taskKinds.get(kind).groups!.name(serviceVersionId!, groupKey)
      if (!named) return []
      const minutesAll = minutesFor(promised, secondsEach)
      return {
        kind,
        groupKey,
        serviceVersionId: serviceVersionId!,
        ...named,
        promised,
        minutes: minutesAll,
      }
    })
  )
  return offers.flat()
}
