import type { Client, QueryConfig, QueryResult } from 'pg'

/** A statement is prepared once a process has sent it so often: from then on the database plans it no more. */
const OFTEN = 10
/** No more than so many are, as each takes memory in every connection: the one that wasn't sent for longest makes room. None is longer than this (characters). */
const MAX_PREPARED = 300
const MAX_LENGTH = 8_000
/** A table has got other columns since: the statement is to be prepared anew. */
export const PREPARED_BEFORE = '0A000'

type Heard = (error: (Error & { code?: string }) | null, result: QueryResult) => void

const uses = new Map<string, number>()
/** By their texts; what was sent last stands last. */
const names = new Map<string, string>()
let named = 0

/** Has a connection prepare what is sent through it again and again. For a pool's `afterCreate`. */
export function prepareStatements(
  connection: Client,
  done: (error: null, connection: Client) => void
): void {
  const send = connection.query.bind(connection) as (query: unknown, heard?: Heard) => unknown
  const own = new Set<string>()
  const prepare = (name: string) => {
    if (own.has(name)) return
    const live = new Set(names.values())
    for (const old of own) {
      if (live.has(old)) continue
      own.delete(old)
      send(`deallocate ${old}`, () => {})
    }
    own.add(name)
  }
  const query = (asked: unknown, heard?: Heard) => {
    const name = heard && isStatement(asked) && nameOf(asked)
    if (!name) return send(asked, heard)
    prepare(name)
    return send({ ...asked, name }, (error, result) => {
      if (error?.code !== PREPARED_BEFORE) return heard(error, result)
      names.clear()
      // Within a transaction nothing can be sent any more: it is repeated as a whole.
      if (connection.getTransactionStatus() === 'I') send(asked, heard)
      else heard(error, result)
    })
  }
  connection.query = query as Client['query']
  done(null, connection)
}

/**
 * The same; what is prepared is planned once, whatever it is given, and nobody waits for the disk: what is leased counts
 * once somebody saves, and that is waited for. For a pool's `afterCreate`.
 */
export function prepareLeasing(
  connection: Client,
  done: (error: Error | null, connection: Client) => void
): void {
  connection.query(
    'set plan_cache_mode = force_generic_plan; set synchronous_commit = off',
    (error) => (error ? done(error, connection) : prepareStatements(connection, done))
  )
}

function isStatement(asked: unknown): asked is QueryConfig {
  return (
    typeof asked === 'object' &&
    asked !== null &&
    'values' in asked &&
    Array.isArray(asked.values) &&
    asked.values.length > 0 &&
    !('name' in asked) &&
    !('submit' in asked)
  )
}

/** @returns what a statement is prepared as; undefined for what is too long, or was sent too seldom yet */
function nameOf({ text }: QueryConfig): string | undefined {
  const known = names.get(text)
  if (known) return keep(text, known)
  if (text.length > MAX_LENGTH) return undefined
  const used = (uses.get(text) ?? 0) + 1
  if (used < OFTEN) {
    // What is sent but once or twice, each time another text, isn't counted for ever.
    if (uses.size > MAX_PREPARED * 10) uses.clear()
    uses.set(text, used)
    return undefined
  }
  uses.delete(text)
  named += 1
  return keep(text, `often_${named}`)
}

function keep(text: string, name: string): string {
  names.delete(text)
  const [longest] = names.keys()
  if (names.size >= MAX_PREPARED && longest !== undefined) names.delete(longest)
  names.set(text, name)
  return name
}
