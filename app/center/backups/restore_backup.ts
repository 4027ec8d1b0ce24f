import { access, cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { migrate } from '#database/migrate'
import { sealRestored } from '#app/center/audit/seal_events'
import { restoringMark } from '../../../bin/setup/restoring.js'
import { copyFilesIn } from '#app/center/backups/copy_files'
import { copyTablesIn } from '#app/center/backups/copy_tables'
import { replayJournal } from '#app/center/backups/journal'
import {
  assertOwnKeys,
  BackupUnfit,
  readFilesList,
  readManifest,
  type Manifest,
} from '#app/center/backups/manifest'
import { newId } from '#app/core/ids'
import { beginStandstill } from '#app/core/standstill'

/**
 * Fills an empty database with the tables of a back-up, on the schema that they stand on.
 * @param url address of the database, as its owner
 * @param name of the connection that is made for it; whoever asked closes it
 * @throws {BackupUnfit} where it isn't empty, or a later version made the back-up
 */
export async function restoreTables(
  url: string,
  folder: string,
  manifest: Manifest,
  name: string
): Promise<void> {
  const scratch = app.makePath('storage', `migrations-${newId()}`)
  const migrations = join(scratch, 'database/migrations')
  try {
    await mkdir(migrations, { recursive: true })
    for (const migration of manifest.migrations) {
      await cp(app.makePath(`${migration}.ts`), join(scratch, `${migration}.ts`)).catch(() => {
        throw new BackupUnfit('newer', migration)
      })
    }
    db.manager.add(name, {
      client: 'pg',
      connection: { connectionString: url },
      migrations: { paths: [migrations], naturalSort: true },
    })
    const connection = db.connection(name)
    await assertEmpty(connection, url)
    await connection.rawQuery('create extension if not exists pg_trgm')
    await connection.transaction((trx) => migrate(trx, () => {}))
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      await copyTablesIn(client, folder, manifest)
    } finally {
      await client.end()
    }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/**
 * Brings a whole back-up to an empty machine: tables, files, and what was destroyed since. Nothing leaves the house
 * before somebody releases it. What fails leaves the machine as empty as it was.
 * @param filesPath the folder of sealed files, which is empty or not there
 * @param journal of destroyed keys; null where somebody says that nothing was destroyed since
 * @returns how many destructions were replayed
 * @throws {BackupUnfit}
 */
export async function restoreBackup(
  url: string,
  folder: string,
  filesPath: string,
  journal: string | null
): Promise<{ manifest: Manifest; replayed: number }> {
  const manifest = await readManifest(folder)
  assertOwnKeys(manifest)
  const list = await readFilesList(folder, manifest)
  if (journal !== null)
    await access(journal).catch(() => {
      throw new BackupUnfit('no_journal', journal)
    })
  const mark = restoringMark(filesPath)
  // Cut off in the middle: what stands there is half of a back-up, and nobody's. Another database is somebody's.
  if ((await readFile(mark, 'utf8').catch(() => null)) === nameOf(url))
    await takeAway(url, filesPath)
  if ((await readdir(filesPath).catch(() => [])).length > 0)
    throw new BackupUnfit('not_empty', filesPath)
  await assertEmpty(db.connection(), url)
  const arriving = `${filesPath}.arriving`
  await rm(arriving, { recursive: true, force: true })
  await mkdir(arriving, { recursive: true, mode: 0o700 })
  await writeFile(mark, nameOf(url))
  const connection = `restore_${newId()}`
  try {
    await copyFilesIn(folder, list, arriving)
    await restoreTables(url, folder, manifest, connection)
    await rm(filesPath, { recursive: true, force: true })
    await mkdir(dirname(filesPath), { recursive: true })
    await rename(arriving, filesPath)
    const replayed = await bringUpToDate(folder, manifest, journal)
    await rm(mark)
    return { manifest, replayed }
  } catch (error) {
    await rm(arriving, { recursive: true, force: true })
    await takeAway(url, filesPath)
    await rm(mark)
    throw error
  } finally {
    await db.manager.close(connection, true)
  }
}

/** Names a database without the password to it. */
function nameOf(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}

/** Takes away what of a back-up has come to a machine that was empty. */
async function takeAway(url: string, filesPath: string): Promise<void> {
  await rm(filesPath, { recursive: true, force: true })
  await empty(url)
}

/** Brings the schema up to date, replays what was destroyed since, and halts what leaves the house. */
async function bringUpToDate(
  folder: string,
  manifest: Manifest,
  journal: string | null
): Promise<number> {
  await db.transaction((trx) => migrate(trx, () => {}))
  await sealRestored()
  const replayed = await beginStandstill(manifest.createdAt, () => replayJournal(journal))
  // In its own tables it is still being made.
  await db
    .from('backups')
    .where('state', 'running')
    .update({ state: 'done', folder, finished_at: manifest.createdAt })
  return replayed
}

/** @throws {BackupUnfit} where a database has tables */
async function assertEmpty(client: QueryClientContract, url: string): Promise<void> {
  const table = await client.from('pg_tables').where('schemaname', 'public').first()
  if (table) throw new BackupUnfit('not_empty', new URL(url).pathname.slice(1))
}

/** Takes away again what of a back-up has come into an empty database. */
async function empty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('drop schema if exists public cascade')
    await client.query('create schema public')
  } finally {
    await client.end()
  }
}
