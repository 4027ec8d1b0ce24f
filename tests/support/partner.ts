import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface PartnerRequest {
  method: string
  path: string
  idempotencyKey: string
  body: { receipt?: string; values?: Record<string, string> }
}

/** A partner's web service on this machine: gives numbers, and fails as often as it is told to. */
export class Partner {
  readonly requests: PartnerRequest[] = []
  /** so many of the next requests are answered by 503 */
  failing = 0
  /** taken for good: 409 */
  closed = false
  readonly #given = new Map<string, string>()
  readonly #server = createServer(async (request, response) => {
    const taken = await this.#take(request)
    response.writeHead(taken.status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(taken.body))
  })

  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #take(request: IncomingMessage): Promise<{ status: number; body: object }> {
    let text = ''
    for await (const part of request) text += part
    const idempotencyKey = String(request.headers['idempotency-key'])
    const { method = '', url: path = '' } = request
    this.requests.push({ method, path, idempotencyKey, body: JSON.parse(text) })
    if (this.failing > 0) {
      this.failing--
      return { status: 503, body: {} }
    }
    if (this.closed) return { status: 409, body: {} }
    const number = this.#given.get(idempotencyKey) ?? `P-${this.#given.size + 1}`
    this.#given.set(idempotencyKey, number)
    return { status: 200, body: { number: method === 'POST' ? number : path.split('/').at(-1) } }
  }
}
