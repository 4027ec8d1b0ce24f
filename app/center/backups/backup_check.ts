import type { HealthCheck } from '#app/core/health'
import { hoursSinceNewest } from '#app/center/backups/make_backups'

/** Without a whole back-up for so long, somebody must look. */
const OLD_HOURS = 36

/** A check that back-ups succeed. */
export const backupCheck: HealthCheck = {
  name: 'backup',
  check: async () => (((await hoursSinceNewest(['done'])) ?? 0) > OLD_HOURS ? 'backup_old' : null),
}
