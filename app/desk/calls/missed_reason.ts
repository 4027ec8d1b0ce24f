import type { CallBackReason } from '#app/replies/calls/call_back_reason'

/** Somebody called, and nobody could speak with them. */
export const missedReason: CallBackReason = {
  name: 'missed',
  priority: 5,
  unreached: async () => 'called',
}
