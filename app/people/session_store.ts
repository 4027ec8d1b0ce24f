import { looks } from '#app/people/looks'
import type { SessionStoreFactory } from '@adonisjs/session/types'

type Store = ReturnType<SessionStoreFactory>
type Data = Parameters<Store['write']>[1]

/** The session's key for who has signed in (the guard "web"). */
const SIGNED_IN = 'auth_web'

/**
 * Sessions lie in the database for people who have signed in, and for nobody else: what a visitor of the login screen
 * needs (a token, a language) goes with the browser, encrypted.
 */
export class SessionStore implements Store {
  /** the session of somebody as this request found it */
  #found: string | null = null

  constructor(
    readonly people: Store,
    readonly visitors: Store
  ) {}

  async read(id: string): Promise<Data | null> {
    const person = await this.people.read(id)
    if (person) this.#found = id
    return person ?? this.visitors.read(id)
  }

  /** A session that was ended while a request was on its way doesn't come back with it. */
  async write(id: string, data: Data): Promise<void> {
    if (id === this.#found && !(await this.people.read(id))) return
    const [store, other] =
      SIGNED_IN in data ? [this.people, this.visitors] : [this.visitors, this.people]
    await store.write(id, data)
    if (await other.read(id)) await other.destroy(id)
  }

  async destroy(id: string): Promise<void> {
    await this.people.destroy(id)
    await this.visitors.destroy(id)
  }

  /** A person's lasts on from their last look, give or take a minute: not every request writes. */
  async touch(id: string): Promise<void> {
    if (id !== this.#found) return this.visitors.touch(id)
    if (looks.isNew(`session ${id}`)) await this.people.touch(id)
  }
}
