import type { CallBackReason } from '#app/replies/calls/call_back_reason'

/** A letter came back: where do they live now? Another letter would come back too, so none follows. */
export const returnedReason: CallBackReason = {
  name: 'returned',
  priority: 12,
  unreached: async () => null,
}
