import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { blindIndexes } from '#app/core/sealing'

/** The form of what follows; one that this program doesn't know isn't read. */
export const FORMAT = 1
export const MANIFEST = 'manifest.json'
/** The list of files: a JSON object a line, `CopiedFile`. */
export const FILES_LIST = 'files.jsonl'

export interface CopiedTable {
  name: string
  /** in the order in which they were copied */
  columns: string[]
  rows: number
  /** of the packed file database/<name>.gz, hex */
  sha256: string
}

export interface CopiedFile {
  /** below `files/`, as rows name it */
  path: string
  bytes: number
  /** hex */
  sha256: string
}

/** The description that a back-up has of itself. */
export interface Manifest {
  format: number
  /** ISO, the moment of the snapshot */
  createdAt: string
  /** the installation that it is of (the beginning of its paper's codes) */
  installation: string
  /** names of the migrations that the tables stand on */
  migrations: string[]
  tables: CopiedTable[]
  /** the next numbers of sequences */
  sequences: Record<string, number>
  files: { count: number; bytes: number; sha256: string }
  /** blind indexes by which the keys that it needs are known again; they tell nothing of them */
  keyCheck: string[]
  /** the secrets under a passphrase; null where they are kept apart */
  keys: { salt: string; nonce: string; tag: string; sealed: string } | null
}

/** A back-up that can't be read; the key of a message. */
export class BackupUnfit extends Error {
  constructor(
    readonly problem:
      'no_manifest' | 'format' | 'damaged' | 'keys' | 'newer' | 'not_empty' | 'no_journal' | 'disk',
    readonly at: string
  ) {
    super(`${problem}: ${at}`)
  }
}

/** Reads what a back-up says of itself. @throws {BackupUnfit} */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => {
    throw new BackupUnfit('no_manifest', folder)
  })
  const manifest: Manifest = JSON.parse(text)
  if (manifest.format !== FORMAT) throw new BackupUnfit('format', String(manifest.format))
  return manifest
}

/** Makes the marks by which the sealing keys of this installation are known again. */
export function keyMarks(): string[] {
  return blindIndexes('backup', 'backup:keys')
}

/** @throws {BackupUnfit} where none of the keys here opens what is in it */
export function assertOwnKeys({ keyCheck, installation }: Manifest): void {
  const own = keyMarks()
  if (!keyCheck.some((mark) => own.includes(mark))) throw new BackupUnfit('keys', installation)
}

/** Reads the list of a back-up's files. @throws {BackupUnfit} where it isn't the one that was written */
export async function readFilesList(folder: string, manifest: Manifest): Promise<CopiedFile[]> {
  const text = await readFile(join(folder, FILES_LIST), 'utf8').catch(() => '')
  if (sha256Of(text) !== manifest.files.sha256) throw new BackupUnfit('damaged', FILES_LIST)
  return text
    .split('\n')
    .filter(Boolean)
    .map((line): CopiedFile => JSON.parse(line))
}

export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
