import type { Socket } from 'node:net'
import { signedHeader } from '#app/desk/calls/hook_signature'
import { newId } from '#app/core/ids'
import env from '#start/env'

const PATIENCE_MS = 5_000

export type TestSent = 'sent' | 'not_set_up' | 'refused' | 'unreachable'

/**
 * Sends what a telephone system would send, signed with the same secret, to where it would be heard on this machine.
 * @param listening the connection by which whoever asks reached it
 */
export async function sendTest(
  listening: Pick<Socket, 'localAddress' | 'localPort'>
): Promise<TestSent> {
  const secret = env.get('CALL_HOOK_SECRET')?.release()
  if (!secret) return 'not_set_up'
  const { localAddress = '127.0.0.1', localPort } = listening
  const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress
  const body = JSON.stringify({ id: `test-${newId()}`, event: 'test' })
  try {
    const { ok } = await fetch(`http://${host}:${localPort}/hooks/calls`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Signature': signedHeader(body, secret) },
      body,
      signal: AbortSignal.timeout(PATIENCE_MS),
    })
    return ok ? 'sent' : 'refused'
  } catch {
    return 'unreachable'
  }
}
