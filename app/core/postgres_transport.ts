import type { Serializable, SubscribeHandler, Transport } from '@boringnode/bus/types/main'
import db from '@adonisjs/lucid/services/db'
import pg from 'pg'
import { databaseUrl } from '#config/database_url'

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000

/**
 * Carries server-sent events between processes over LISTEN/NOTIFY: the worker's news reach the
 * browsers that hang on the web process. Messages are ids only, far below PostgreSQL's 8,000 bytes.
 */
export class PostgresTransport implements Transport {
  #id = ''
  #client: pg.Client | undefined
  #handlers = new Map<string, (message: Serializable) => void>()
  #closed = false
  #wait = FIRST_WAIT_MS
  #timer: NodeJS.Timeout | undefined
  #onReconnect = () => {}

  setId(id: string): this {
    this.#id = id
    return this
  }

  onReconnect(callback: () => void): void {
    this.#onReconnect = callback
  }

  async publish(channel: string, message: Serializable): Promise<void> {
    await db.rawQuery('select pg_notify(?, ?)', [
      channel,
      JSON.stringify({ busId: this.#id, payload: message }),
    ])
  }

  /** Never rejects: its caller doesn't wait for it. */
  async subscribe<T extends Serializable>(
    channel: string,
    handler: SubscribeHandler<T>
  ): Promise<void> {
    this.#handlers.set(channel, (message) => handler(message as T))
    await this.#listen().catch(() => this.#retry())
  }

  async unsubscribe(channel: string): Promise<void> {
    this.#handlers.delete(channel)
    await this.#client?.query(`unlisten ${pg.escapeIdentifier(channel)}`).catch(() => {})
  }

  async disconnect(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#timer)
    await this.#client?.end().catch(() => {})
  }

  async #listen(): Promise<void> {
    if (!this.#client) {
      const client = new pg.Client({
        connectionString: databaseUrl(),
        application_name: 'hashiwatashi events',
        keepAlive: true,
      })
      client.on('error', () => this.#lost(client))
      client.on('end', () => this.#lost(client))
      client.on('notification', ({ channel, payload }) => this.#deliver(channel, payload ?? ''))
      await client.connect()
      this.#client = client
      this.#wait = FIRST_WAIT_MS
    }
    for (const channel of this.#handlers.keys())
      await this.#client.query(`listen ${pg.escapeIdentifier(channel)}`)
  }

  #deliver(channel: string, text: string): void {
    const message: { busId: string; payload: Serializable } = JSON.parse(text)
    if (message.busId !== this.#id) this.#handlers.get(channel)?.(message.payload)
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return
    this.#client = undefined
    this.#retry()
  }

  #retry(): void {
    if (this.#closed) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(
      () =>
        void this.#listen().then(
          () => this.#onReconnect(),
          () => this.#retry()
        ),
      this.#wait
    )
    this.#timer.unref()
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS)
  }
}
