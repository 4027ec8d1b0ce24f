import { raiseAlarm } from '#app/core/alarms'
import type { MachineFault } from '#app/core/machine_fault'
import { Registry } from '#app/core/registry'

/** Something that can be wrong with the installation without anybody's work meeting it. */
export interface HealthCheck {
  name: string
  /** what is wrong now; null where nothing is */
  check(): Promise<MachineFault | null>
}

/** The checks that are made every half minute; each room registers its own. */
export const healthChecks = new Registry<HealthCheck>('health check')

/** Looks at everything, and raises an alarm for what is wrong. */
export async function watchHealth(): Promise<void> {
  for (const { check } of healthChecks.all()) {
    const fault = await check()
    if (fault) await raiseAlarm(fault)
  }
}
