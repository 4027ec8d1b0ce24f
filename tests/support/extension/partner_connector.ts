import vine from '@vinejs/vine'
import type { ServiceHandover } from '#app/catalog/handover_rules'
import { UNCLEAR, type HandoverResult } from '#app/handover/connector'
import { OutsideConnector, type Delivery } from '#app/handover/outside_connector'

interface PartnerHandover extends ServiceHandover {
  address: string
}

/** Gives requests to a partner's web service, which answers with a number of its own. */
export class PartnerConnector extends OutsideConnector {
  override readonly name = 'partner'
  override readonly reasons = {
    ...UNCLEAR,
    closed: { reply: 'unclear', label: 'extension.closed' },
  }

  override schema() {
    return { address: vine.string().url({ require_tld: false }) }
  }

  override deliver(delivery: Delivery, signal: AbortSignal) {
    return this.#send('POST', '', delivery, signal)
  }

  override change(delivery: Delivery, reference: string, signal: AbortSignal) {
    return this.#send('PUT', `/${reference}`, delivery, signal)
  }

  override async cancel(
    known: Pick<Delivery, 'idempotencyKey' | 'settings'>,
    reference: string,
    signal: AbortSignal
  ) {
    await this.#send('DELETE', `/${reference}`, known, signal)
  }

  async #send(
    method: string,
    path: string,
    { settings, idempotencyKey, ...body }: Pick<Delivery, 'idempotencyKey' | 'settings'>,
    signal: AbortSignal
  ): Promise<HandoverResult> {
    const answer = await fetch((settings as PartnerHandover).address + path, {
      method,
      signal,
      headers: { 'idempotency-key': idempotencyKey, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (answer.status === 409) return { state: 'refused', reason: 'closed' }
    if (!answer.ok) throw new Error(`It answered ${answer.status}`)
    const { number } = (await answer.json()) as { number: string }
    return { state: 'done', reference: number }
  }
}
