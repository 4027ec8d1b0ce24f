import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import encryption from '@adonisjs/core/services/encryption'
import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'

/**
 * Personal data at rest: AES-256-GCM under a random data key per submission, page or shared file; the
 * data keys lie wrapped by the sealing keys of the installation. Each sealed value is bound to its
 * place, so that it can't be moved to another row.
 *
 * Sealed bytes: 1 byte format (1), 12 bytes nonce, 16 bytes tag, ciphertext.
 */
const FORMAT = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16
const HEADER_BYTES = 1 + NONCE_BYTES + TAG_BYTES

export class SealBroken extends Error {
  constructor(place: string) {
    super(`The seal of ${place} can't be opened: its key has been destroyed, or it was changed.`)
  }
}

/** Seals and opens what belongs to one data key. */
export class Sealer {
  readonly #key: Buffer

  constructor(
    readonly dataKeyId: string,
    key: Buffer
  ) {
    this.#key = key
  }

  seal(place: string, value: Buffer | string): Buffer {
    const nonce = randomBytes(NONCE_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    cipher.setAAD(Buffer.from(place))
    const sealed = Buffer.concat([cipher.update(value), cipher.final()])
    return Buffer.concat([Buffer.from([FORMAT]), nonce, cipher.getAuthTag(), sealed])
  }

  /** @throws {SealBroken} */
  open(place: string, sealed: Buffer): Buffer {
    if (sealed[0] !== FORMAT || sealed.length < HEADER_BYTES) throw new SealBroken(place)
    const decipher = createDecipheriv('aes-256-gcm', this.#key, sealed.subarray(1, 1 + NONCE_BYTES))
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, HEADER_BYTES))
    try {
      return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()])
    } catch {
      throw new SealBroken(place)
    }
  }

  sealJson(place: string, value: unknown): Buffer {
    return this.seal(place, JSON.stringify(value))
  }

  /** A keyed hash (SHA-256, hex) that only who has this key can make. */
  hmac(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('hex')
  }

  /** The caller names the type that it sealed there. @throws {SealBroken} */
  openJson<T>(place: string, sealed: Buffer): T {
    return JSON.parse(this.open(place, sealed).toString('utf8')) as T
  }

  sealText(place: string, value: string): Buffer {
    return this.seal(place, value)
  }

  /** @throws {SealBroken} */
  openText(place: string, sealed: Buffer): string {
    return this.open(place, sealed).toString('utf8')
  }
}

/** Makes a new data key, keeps it wrapped, and returns its sealer. */
export async function createSealer(client: Queries, purpose: string): Promise<Sealer> {
  const id = newId()
  const key = randomBytes(32)
  await client.table('data_keys').insert({ id, purpose, wrapped: wrapKey(id, key) })
  return new Sealer(id, key)
}

/** Makes several data keys at once. */
export async function createSealers(
  client: Queries,
  purpose: string,
  count: number
): Promise<Sealer[]> {
  const keys = Array.from({ length: count }, () => ({ id: newId(), key: randomBytes(32) }))
  if (count > 0)
    await client
      .table('data_keys')
      .multiInsert(keys.map(({ id, key }) => ({ id, purpose, wrapped: wrapKey(id, key) })))
  return keys.map(({ id, key }) => new Sealer(id, key))
}

/** @throws {SealBroken} when the key was destroyed */
export async function openSealer(dataKeyId: string, client: Queries = db): Promise<Sealer> {
  return (await openSealers([dataKeyId], client)).get(dataKeyId)!
}

/** Sealers of several data keys in one query. @throws {SealBroken} when one of them was destroyed */
export async function openSealers(
  ids: string[],
  client: Queries = db
): Promise<Map<string, Sealer>> {
  const sealers = await openLivingSealers(ids, client)
  for (const id of ids) if (!sealers.has(id)) throw new SealBroken(`data key ${id}`)
  return sealers
}

/** The same, but what was destroyed is left out. */
export async function openLivingSealers(
  ids: string[],
  client: Queries = db
): Promise<Map<string, Sealer>> {
  const rows: { id: string; wrapped: string }[] = await client
    .from('data_keys')
    .whereIn('id', [...new Set(ids)])
    .whereNotNull('wrapped')
    .select('id', 'wrapped')
  return new Map(rows.map((row) => [row.id, new Sealer(row.id, unwrapKey(row.id, row.wrapped))]))
}

/** Destroys data keys for good: what they sealed is unreadable from here on. */
export async function destroyDataKeys(client: Queries, ids: string[]): Promise<void> {
  await client
    .from('data_keys')
    .whereIn('id', ids)
    .whereNull('destroyed_at')
    .update({ wrapped: null, destroyed_at: client.raw('now()') })
}

/** Has data keys destroyed on a date (`YYYY-MM-DD`); null takes that back. */
export async function destroyKeysOn(
  client: Queries,
  ids: string[],
  date: string | null
): Promise<void> {
  await client.from('data_keys').whereIn('id', ids).update({ destroy_on: date })
}

/** Destroys the data keys whose date has come. */
export async function destroyDueKeys(): Promise<void> {
  await db
    .from('data_keys')
    .where('destroy_on', '<=', today())
    .whereNull('destroyed_at')
    .update({ wrapped: null, destroyed_at: db.raw('now()') })
}

/** Wraps every data key anew with the newest sealing key; returns how many. */
export async function rewrapDataKeys(client: Queries): Promise<number> {
  const rows: { id: string; wrapped: string }[] = await client
    .from('data_keys')
    .whereNotNull('wrapped')
    .forUpdate()
    .select('id', 'wrapped')
  for (const row of rows) {
    const wrapped = wrapKey(row.id, unwrapKey(row.id, row.wrapped))
    await client.from('data_keys').where('id', row.id).update({ wrapped })
  }
  return rows.length
}

/** A deterministic keyed index to store: the same text gives the same token, which tells nothing else. */
export function blindIndex(text: string, purpose: string): string {
  return encryption.use('sealing').blindIndex(text, purpose)
}

/** The indexes under all current keys, to look up with. */
export function blindIndexes(text: string, purpose: string): string[] {
  return encryption.use('sealing').blindIndexes(text, purpose)
}

/** SHA-256 in hex. */
export function digest(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}

function wrapKey(id: string, key: Buffer): string {
  return encryption.use('sealing').encrypt(key.toString('base64'), { purpose: `data_key:${id}` })
}

function unwrapKey(id: string, wrapped: string): Buffer {
  const key = encryption.use('sealing').decrypt<string>(wrapped, `data_key:${id}`)
  if (!key) throw new SealBroken(`data key ${id}`)
  return Buffer.from(key, 'base64')
}
