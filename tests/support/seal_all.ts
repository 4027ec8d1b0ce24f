import { setTimeout as sleep } from 'node:timers/promises'
import { sealEvents } from '#app/center/audit/seal_events'
import { verifyEvents } from '#app/center/audit/verify_events'

/** Seals every event: one that a transaction elsewhere on the server still keeps back is waited for. */
export async function sealAll(): Promise<number> {
  for (let sealed = 0; ;) {
    sealed += await sealEvents()
    if ((await verifyEvents()).unsealed === 0) return sealed
    await sleep(50)
  }
}
