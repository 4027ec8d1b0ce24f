import { constants } from 'node:fs'
import { copyFile, link, mkdir, readFile, statfs, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import drive from '@adonisjs/drive/services/main'
import { digest } from '#app/core/sealing'
import {
  BackupUnfit,
  FILES_LIST,
  sha256Of,
  type CopiedFile,
  type Manifest,
} from '#app/center/backups/manifest'
import { placeIn, SEALED_FILES } from '#app/center/backups/sealed_places'

export interface CopiedFiles {
  list: CopiedFile[]
  /** named by rows whose keys live, and not there */
  missing: string[]
}

/** Room that must be left while files are copied (bytes): what lies on the same disk goes on working. */
const SPARE = 200 * 2 ** 20

/** @throws {BackupUnfit} where too little room is left */
export async function assertRoom(folder: string, bytes = 0): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes + SPARE) throw new BackupUnfit('disk', folder)
}

/** Lists the files that the rows of a snapshot name, as far as they can be opened. */
export async function filesNamed(client: pg.Client): Promise<string[]> {
  const parts = SEALED_FILES.map(({ name }) => {
    const { table, column } = placeIn(name)
    return `select r.${column} as path from ${table} r join data_keys k on k.id = r.data_key_id
      where r.${column} is not null and k.destroyed_at is null`
  })
  const { rows } = await client.query<{ path: string }>(
    `select distinct path from (${parts.join(' union all ')}) named order by path`
  )
  return rows.map(({ path }) => path)
}

/**
 * Copies sealed files. None ever changes: what the back-up before has is linked, so that it takes its room once.
 * @param before the back-up before, with its list
 */
export async function copyFilesOut(
  paths: string[],
  folder: string,
  before: { folder: string; list: CopiedFile[] } | null
): Promise<CopiedFiles> {
  const known = new Map(before?.list.map((file) => [file.path, file]))
  const list: CopiedFile[] = []
  const missing: string[] = []
  for (const path of paths) {
    const target = join(folder, 'files', path)
    await mkdir(dirname(target), { recursive: true })
    const same = known.get(path)
    if (same && before && (await linked(join(before.folder, 'files', path), target))) {
      list.push(same)
      continue
    }
    const content = await bytesOf(path)
    if (!content) {
      missing.push(path)
      continue
    }
    await assertRoom(folder)
    await writeFile(target, content)
    list.push({ path, bytes: content.length, sha256: digest(content) })
  }
  return { list, missing }
}

async function linked(from: string, to: string): Promise<boolean> {
  return link(from, to).then(
    () => true,
    () => false
  )
}

/** Returns a sealed file as it lies there; null where there is none. */
async function bytesOf(path: string): Promise<Buffer | null> {
  if (!(await drive.use().exists(path))) return null
  return Buffer.from(await drive.use().getBytes(path))
}

/** Writes the list of files; returns what the manifest says of it. */
export async function writeFilesList(
  folder: string,
  list: CopiedFile[]
): Promise<Manifest['files']> {
  const text = list.map((file) => `${JSON.stringify(file)}\n`).join('')
  await writeFile(join(folder, FILES_LIST), text)
  return {
    count: list.length,
    bytes: list.reduce((sum, { bytes }) => sum + bytes, 0),
    sha256: sha256Of(text),
  }
}

/** Reads a file of a back-up. @throws {BackupUnfit} where it isn't the one that was written */
export async function readCopied(folder: string, { path, sha256 }: CopiedFile): Promise<Buffer> {
  const content = await readFile(join(folder, 'files', path)).catch(() => null)
  if (!content || digest(content) !== sha256) throw new BackupUnfit('damaged', path)
  return content
}

/** Brings the files of a back-up into an empty folder. @throws {BackupUnfit} */
export async function copyFilesIn(
  folder: string,
  list: CopiedFile[],
  target: string
): Promise<void> {
  for (const file of list) {
    await readCopied(folder, file)
    const to = join(target, file.path)
    await mkdir(dirname(to), { recursive: true })
    await copyFile(join(folder, 'files', file.path), to, constants.COPYFILE_EXCL)
  }
}
