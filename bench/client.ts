import env from '#start/env'
import { DEMO_PASSWORD } from '#database/seeders/demo'

/** The address of the installation under measurement. */
export const BASE = `http://${env.get('HOST')}:${env.get('PORT')}`

/** A logged-in HTTP client with cookies and the page's token. */
export class Client {
  readonly #cookies = new Map<string, string>()
  #token = ''

  static async login(login: string): Promise<Client> {
    const client = new Client()
    await client.send('GET', '/login')
    await client.send('POST', '/login', new URLSearchParams({ login, password: DEMO_PASSWORD }))
    return client
  }

  async send(
    method: string,
    path: string,
    body?: URLSearchParams | FormData,
    /** statuses beyond 399 that are no fault */
    expected: number[] = [],
    accept = body instanceof FormData ? 'application/json' : 'text/html'
  ): Promise<{ bytes: Buffer; location: string | null }> {
    const response = await fetch(BASE + path, {
      method,
      body,
      redirect: 'manual',
      headers: {
        accept,
        'x-csrf-token': this.#token,
        'cookie': [...this.#cookies].map((pair) => pair.join('=')).join('; '),
      },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const pair = cookie.split(';')[0]
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const bytes = Buffer.from(await response.arrayBuffer())
    this.#token =
      /name="csrf-token" content="([^"]+)"/.exec(bytes.toString('utf8'))?.[1] ?? this.#token
    if (response.status >= 400 && !expected.includes(response.status))
      throw new Error(`${method} ${path}: ${response.status}`)
    return { bytes, location: response.headers.get('location') }
  }

  /** Posts as a page's script does, and reads what it is told. */
  async ask<T>(path: string, body?: URLSearchParams): Promise<T> {
    const { bytes } = await this.send('POST', path, body, [], 'application/json')
    return JSON.parse(bytes.toString('utf8')) as T
  }
}
