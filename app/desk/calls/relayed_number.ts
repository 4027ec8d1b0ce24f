import Call from '#app/desk/calls/call'
import { numbersOf } from '#app/desk/calls/numbers_of'

/**
 * The number of a call that an interpreter speaks or captions (電話リレーサービス, ヨメテル): it is the resident's own, and
 * the one under which she can be called back. Null where it is no such call.
 */
export async function relayedNumber({ callId }: { callId: string | null }): Promise<string | null> {
  const call = callId ? await Call.find(callId) : null
  return call?.relay ? ((await numbersOf([call])).get(call.id) ?? null) : null
}
