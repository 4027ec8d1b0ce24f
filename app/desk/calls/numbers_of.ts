import type Call from '#app/desk/calls/call'
import { callSealContext } from '#app/desk/calls/call'
import { openLivingSealers } from '#app/core/sealing'

/** The numbers of calls, opened; withheld and destroyed ones are left out. */
export async function numbersOf(calls: Call[]): Promise<Map<string, string>> {
  const sealers = await openLivingSealers(calls.flatMap((call) => call.dataKeyId ?? []))
  return new Map(
    calls.flatMap((call) => {
      const sealer = call.dataKeyId ? sealers.get(call.dataKeyId) : undefined
      return sealer && call.number
        ? [[call.id, sealer.openText(callSealContext(call.id), call.number)] as const]
        : []
    })
  )
}
