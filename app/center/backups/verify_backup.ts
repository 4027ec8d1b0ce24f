import { Readable } from 'node:stream'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { readCopied } from '#app/center/backups/copy_files'
import {
  assertOwnKeys,
  BackupUnfit,
  readFilesList,
  readManifest,
} from '#app/center/backups/manifest'
import { restoreTables } from '#app/center/backups/restore_backup'
import {
  placeIn,
  SEALED_COLUMNS,
  SEALED_FILES,
  type SealedColumn,
} from '#app/center/backups/sealed_places'
import { newId } from '#app/core/ids'
import { openSealedStream } from '#app/core/sealed_stream'
import { openLivingSealers, SealBroken, type Sealer } from '#app/core/sealing'

const BATCH = 1000

export interface VerifiedBackup {
  /** sealed values that opened */
  values: number
  /** files that opened */
  files: number
  /** whose keys are destroyed: nobody opens them */
  destroyed: number
}

/**
 * Proves that a back-up can be brought back: its tables are filled into a database of their own, and every sealed value
 * and every file is opened. Nothing of it stays.
 * @param ownerUrl address of any database of the server, as somebody who may make one
 * @throws {BackupUnfit} names what can't be opened
 */
export async function verifyBackup(folder: string, ownerUrl: string): Promise<VerifiedBackup> {
  const manifest = await readManifest(folder)
  assertOwnKeys(manifest)
  const list = await readFilesList(folder, manifest)
  const name = `verify_${newId().replaceAll('-', '')}`
  const owner = `${name}_owner`
  db.manager.add(owner, { client: 'pg', connection: { connectionString: ownerUrl } })
  try {
    await db.connection(owner).rawQuery(`create database ${name} template template0`)
    const url = Object.assign(new URL(ownerUrl), { pathname: `/${name}` }).href
    await restoreTables(url, folder, manifest, name)
    const verified: VerifiedBackup = { values: 0, files: 0, destroyed: 0 }
    for (const column of SEALED_COLUMNS) await openColumn(db.connection(name), column, verified)
    const byPath = new Map(list.map((file) => [file.path, file]))
    for (const { name: column, inParts } of SEALED_FILES)
      await eachSealed(db.connection(name), filesSql(column), async (row, sealer) => {
        if (!sealer) return void verified.destroyed++
        const copied = byPath.get(row.place)
        if (!copied) throw new BackupUnfit('damaged', row.place)
        const content = await readCopied(folder, copied)
        await openFile(sealer, row.place, content, inParts === true)
        verified.files++
      })
    return verified
  } catch (error) {
    if (error instanceof SealBroken) throw new BackupUnfit('damaged', error.message)
    throw error
  } finally {
    if (db.manager.has(name)) await db.manager.close(name, true)
    await db.connection(owner).rawQuery(`drop database if exists ${name} with (force)`)
    await db.manager.close(owner, true)
  }
}

interface SealedRow {
  key: string
  place: string
  value: Buffer
}

async function openColumn(
  client: QueryClientContract,
  { name, key = 'r.data_key_id', place }: SealedColumn,
  verified: VerifiedBackup
): Promise<void> {
  const { table, column } = placeIn(name)
  const sql = `select ${key} as key, ${place ?? `'${name}:' || r.id`} as place, r."${column}" as value
    from ${table} r where r."${column}" is not null`
  await eachSealed(client, sql, async (row, sealer) => {
    if (!sealer) return void verified.destroyed++
    sealer.open(row.place, row.value)
    verified.values++
  })
}

function filesSql(name: string): string {
  const { table, column } = placeIn(name)
  return `select r.data_key_id as key, r.${column} as place, ''::bytea as value
    from ${table} r where r.${column} is not null`
}

/** Goes through sealed rows, part by part; whose key is destroyed comes without a sealer. */
async function eachSealed(
  client: QueryClientContract,
  sql: string,
  work: (row: SealedRow, sealer: Sealer | undefined) => Promise<void>
): Promise<void> {
  await client.transaction(async (trx) => {
    await trx.rawQuery(`declare sealed no scroll cursor for ${sql}`)
    for (;;) {
      const { rows } = await trx.rawQuery<{ rows: SealedRow[] }>(`fetch ${BATCH} from sealed`)
      if (rows.length === 0) return
      const sealers = await openLivingSealers(
        rows.map(({ key }) => key),
        trx
      )
      for (const row of rows) await work(row, sealers.get(row.key))
    }
  })
}

async function openFile(
  sealer: Sealer,
  path: string,
  content: Buffer,
  inParts: boolean
): Promise<void> {
  if (!inParts) return void sealer.open(`file:${path}`, content)
  for await (const part of openSealedStream(sealer, path, Readable.from([content]))) void part
}
