import db from '@adonisjs/lucid/services/db'
import { readSealedFile } from '#app/core/sealed_files'
import {
  createSealer,
  openLivingSealers,
  openSealer,
  blindIndexes,
  digest,
} from '#app/core/sealing'
import type { Queries } from '#app/core/queries'
import { lockName } from '#app/core/lock'

/** Keyed hashes begin so; older ones were bound to the sealing key of their time. */
const STABLE = 'h2:'
const PURPOSE = 'content_hash'
const BATCH = 50

/**
 * A keyed hash of a file's content, by which a second upload of it is noticed. Its key lies wrapped like a data key, so
 * that rotating the sealing keys changes nothing about it: files are recognized as long as their rows are there.
 */
export async function contentHash(content: Buffer, client: Queries = db): Promise<string> {
  const sealer = await openSealer(await hashKey(client), client)
  return STABLE + sealer.hmac(digest(content))
}

/** The hash, and those that earlier versions may have kept of the same content. */
export async function contentHashes(content: Buffer, client: Queries = db): Promise<string[]> {
  return [await contentHash(content, client), ...blindIndexes(digest(content), 'content')]
}

/** Hashes of earlier versions are written anew where the file can still be opened; how many. Part of rotating keys. */
export async function refreshContentHashes(): Promise<number> {
  let done = 0
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const rows: { id: string; data_key_id: string; file: string }[] = await db
      .from('scans')
      .where('id', '>', after)
      .whereNot('content_hash', 'like', `${STABLE}%`)
      .orderBy('id')
      .limit(BATCH)
      .select('id', 'data_key_id', 'file')
    if (rows.length === 0) return done
    after = rows.at(-1)!.id
    const sealers = await openLivingSealers(rows.map((row) => row.data_key_id))
    for (const row of rows) {
      const sealer = sealers.get(row.data_key_id)
      if (!sealer) continue
      const hash = await contentHash(await readSealedFile(sealer, row.file))
      await db.from('scans').where('id', row.id).update({ content_hash: hash })
      done++
    }
  }
}

/** The one key of content hashes; made when it is first needed. */
async function hashKey(client: Queries): Promise<string> {
  const known = () => client.from('data_keys').where('purpose', PURPOSE).select('id').first()
  const found: { id: string } | null = await known()
  if (found) return found.id
  // Two first uploads at once wait for each other here.
  await lockName(client, PURPOSE)
  const made: { id: string } | null = await known()
  return made?.id ?? (await createSealer(client, PURPOSE)).dataKeyId
}
