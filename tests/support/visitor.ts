import server from '@adonisjs/core/services/server'
import { codeOf } from '#app/people/second_factor/totp'
import { DEMO_PASSWORD } from '#database/seeders/demo'

/** Tells where the tests' server listens. */
export function serverUrl(): string {
  const address = server.getNodeServer()?.address()
  if (!address || typeof address === 'string') throw new Error('The test server is not listening')
  return `http://127.0.0.1:${address.port}`
}

export interface Answer {
  status: number
  text: string
  body: Buffer
  headers: Headers
  location: string | null
}

/** Somebody with a browser: keeps cookies, and sends the page's token with every form. */
export class Visitor {
  readonly #cookies = new Map<string, string>()
  #token = ''
  /** sent with every request, as by a proxy in front */
  headers: Record<string, string> = {}

  /** `base`: address of the server, if it isn't the tests' own */
  constructor(readonly base = serverUrl()) {}

  static async loggedIn(
    login: string,
    site: 'center' | 'home' = 'center',
    base?: string
  ): Promise<Visitor> {
    const visitor = new Visitor(base)
    await visitor.get('/login')
    const answer = await visitor.post('/login', { login, password: DEMO_PASSWORD, site })
    if (answer.location !== '/') throw new Error(`${login} could not log in (${answer.status})`)
    await visitor.get(answer.location, true)
    if ((await visitor.get('/')).location === '/second-factor') await visitor.registerToken()
    return visitor
  }

  /** Registers a token of codes, as who signs in at home for the first time; returns its secret. */
  async registerToken(): Promise<string> {
    const { text } = await this.get('/second-factor/token')
    const secret = /<code class="wrap">([A-Z2-7 ]+)</.exec(text)?.[1].replaceAll(' ', '')
    if (!secret) throw new Error('No token is asked for')
    await this.post('/second-factor/token', { code: codeOf(secret) })
    return secret
  }

  async get(path: string, follow = false, headers: Record<string, string> = {}): Promise<Answer> {
    const answer = await this.#send('GET', path, undefined, headers)
    return follow && answer.location ? this.get(answer.location, true) : answer
  }

  post(
    path: string,
    fields: Record<string, string> | URLSearchParams | FormData = {},
    headers: Record<string, string> = {}
  ): Promise<Answer> {
    return this.#send(
      'POST',
      path,
      fields instanceof FormData ? fields : new URLSearchParams(fields),
      headers
    )
  }

  put(path: string, fields: Record<string, string> = {}): Promise<Answer> {
    return this.#send('PUT', path, new URLSearchParams(fields))
  }

  delete(path: string): Promise<Answer> {
    return this.#send('DELETE', path)
  }

  /** Sends files to the intake as its page does, asking for JSON. */
  async upload(
    files: { name: string; content: Buffer }[],
    fields: Record<string, string>
  ): Promise<{ files: { ok: boolean; message: string; url?: string }[]; envelopeId?: string }> {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    for (const { name, content } of files)
      form.append('files[]', new Blob([new Uint8Array(content)]), name)
    return JSON.parse((await this.post('/scans', form, { accept: 'application/json' })).text)
  }

  /** Returns the cookies sent with every request. */
  cookies(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async #send(
    method: string,
    path: string,
    body?: URLSearchParams | FormData,
    headers: Record<string, string> = {}
  ): Promise<Answer> {
    const response = await fetch(this.base + path, {
      method,
      body,
      redirect: 'manual',
      headers: {
        'accept': 'text/html',
        'accept-language': 'ja',
        'x-csrf-token': this.#token,
        'cookie': this.cookies(),
        ...this.headers,
        ...headers,
      },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [pair] = cookie.split(';')
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    const content = Buffer.from(await response.arrayBuffer())
    const text = content.toString('utf8')
    this.#token = /name="csrf-token" content="([^"]+)"/.exec(text)?.[1] ?? this.#token
    const location = response.headers.get('location')
    return { status: response.status, text, body: content, headers: response.headers, location }
  }
}
