import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import env from '#start/env'
import { KEPT_SECRETS, sealSecrets } from '../../../bin/setup/backup_keys.js'
import Backup, { type BackupFailure } from '#app/center/backups/backup'
import {
  assertRoom,
  copyFilesOut,
  filesNamed,
  writeFilesList,
} from '#app/center/backups/copy_files'
import { copyTablesOut, sequencesOf } from '#app/center/backups/copy_tables'
import {
  BackupUnfit,
  FORMAT,
  keyMarks,
  MANIFEST,
  readFilesList,
  readManifest,
  type Manifest,
} from '#app/center/backups/manifest'
import { databaseUrl } from '#config/database_url'
import { machineFault } from '#app/core/machine_fault'

/**
 * Backs up database and files while everything runs: one snapshot of all tables, then the files that its rows name.
 * What isn't finished has another name, so that nothing half done is taken for a back-up.
 * @param to the folder of back-ups
 * @returns the back-up's folder, and what it says of itself
 * @throws {BackupUnfit} where there is too little room
 */
export async function writeBackup(
  to: string
): Promise<{ folder: string; manifest: Manifest; missing: string[] }> {
  await mkdir(to, { recursive: true, mode: 0o700 })
  const unfinished = join(to, '.unfinished')
  await rm(unfinished, { recursive: true, force: true })
  const client = new pg.Client({ connectionString: databaseUrl() })
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const { rows } = await client.query<{ at: Date; bytes: string }>(
      'select now() as at, pg_database_size(current_database()) as bytes'
    )
    const [{ at, bytes }] = rows
    // Packed tables take about a third of what the database takes; of files it is looked one by one.
    await assertRoom(to, Number(bytes) / 2)
    await mkdir(join(unfinished, 'database'), { recursive: true, mode: 0o700 })
    const tables = await copyTablesOut(client, unfinished)
    const { list, missing } = await copyFilesOut(
      await filesNamed(client),
      unfinished,
      await backupBefore()
    )
    const { rows: migrations } = await client.query<{ name: string }>(
      'select name from adonis_schema order by id'
    )
    const manifest: Manifest = {
      format: FORMAT,
      createdAt: at.toISOString(),
      installation: env.get('INSTALLATION'),
      migrations: migrations.map(({ name }) => name),
      tables,
      sequences: await sequencesOf(client),
      files: await writeFilesList(unfinished, list),
      keyCheck: keyMarks(),
      keys: secretsSealed(),
    }
    // Written last: a folder that has one is whole.
    await writeFile(join(unfinished, MANIFEST), JSON.stringify(manifest, null, 2))
    const folder = join(to, nameOf(at))
    await rename(unfinished, folder)
    return { folder, manifest, missing }
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true })
    throw error
  } finally {
    await client.end()
  }
}

/** 2026-11-28T03-00-00-000Z: sorts, and is a name on every file system. */
function nameOf(at: Date): string {
  return at.toISOString().replaceAll(/[:.]/g, '-')
}

async function backupBefore() {
  const before = await Backup.query().where('state', 'done').orderBy('createdAt', 'desc').first()
  if (!before?.folder) return null
  const { folder } = before
  try {
    return { folder, list: await readFilesList(folder, await readManifest(folder)) }
  } catch {
    return null
  }
}

function secretsSealed(): Manifest['keys'] {
  const passphrase = env.get('BACKUP_PASSPHRASE')?.release()
  if (!passphrase) return null
  const secrets = Object.fromEntries(
    KEPT_SECRETS.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  )
  return sealSecrets(secrets, passphrase)
}

/** Tells why a back-up failed, as its row keeps it. */
export function reasonOf(error: unknown): BackupFailure {
  if (error instanceof BackupUnfit && error.problem === 'disk') return 'disk'
  return machineFault(error) === 'disk_full' ? 'disk' : 'other'
}
