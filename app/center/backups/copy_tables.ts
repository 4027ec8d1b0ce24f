import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { BackupUnfit, type CopiedTable, type Manifest } from '#app/center/backups/manifest'

/** Tables that aren't brought back: who is signed in just now, and how often somebody mistyped. */
const LEFT_OUT = ['sessions', 'rate_limits', 'heartbeats']
const LINE_END = 0x0a

/** Copies every table of a snapshot into packed files, a line a row (PostgreSQL's own text format). */
export async function copyTablesOut(client: pg.Client, folder: string): Promise<CopiedTable[]> {
  const { rows } = await client.query<{ name: string; columns: string[] }>(
    `select c.table_name as name, array_agg(c.column_name::text order by c.ordinal_position) as columns
     from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.is_generated = 'NEVER'
       and c.table_name <> all($1) group by 1 order by 1`,
    [LEFT_OUT]
  )
  const copied: CopiedTable[] = []
  for (const { name, columns } of rows) {
    const counted = countingLines()
    const packed = hashing()
    await pipeline(
      client.query(copyTo(`copy (select ${listOf(columns)} from "${name}") to stdout`)),
      counted.stream,
      createGzip({ level: 6 }),
      packed.stream,
      createWriteStream(fileOf(folder, name))
    )
    copied.push({ name, columns, rows: counted.lines(), sha256: packed.hex() })
  }
  return copied
}

/** Reads the next numbers of sequences. */
export async function sequencesOf(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ name: string; last: string | null }>(
    `select sequencename as name, last_value as last from pg_sequences where schemaname = 'public'`
  )
  return Object.fromEntries(
    rows.flatMap(({ name, last }) => (last === null ? [] : [[name, Number(last)]]))
  )
}

/**
 * Fills tables that are made and empty, in one transaction: all of them or none. Foreign keys are taken away meanwhile
 * and checked as a whole when they come back, so that the order of tables means nothing.
 * @throws {BackupUnfit} where a file isn't the one that was written
 */
export async function copyTablesIn(
  client: pg.Client,
  folder: string,
  { tables, sequences }: Manifest
): Promise<void> {
  await client.query('begin')
  try {
    const { rows: keys } = await client.query<{ drop: string; add: string }>(
      `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
         format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conparentid = 0`
    )
    for (const key of keys) await client.query(key.drop)
    await client.query(`truncate ${tables.map(({ name }) => `"${name}"`).join(', ')}`)
    for (const table of tables) await copyTableIn(client, folder, table)
    for (const key of keys) await client.query(key.add)
    for (const [name, last] of Object.entries(sequences))
      await client.query('select setval($1::regclass, $2)', [`public.${name}`, last])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}

async function copyTableIn(client: pg.Client, folder: string, table: CopiedTable): Promise<void> {
  const { name, columns, rows, sha256 } = table
  const packed = hashing()
  const counted = countingLines()
  await client.query(`alter table "${name}" disable trigger user`)
  await pipeline(
    createReadStream(fileOf(folder, name)),
    packed.stream,
    createGunzip(),
    counted.stream,
    client.query(copyFrom(`copy "${name}" (${listOf(columns)}) from stdin`))
  )
  await client.query(`alter table "${name}" enable trigger user`)
  if (packed.hex() !== sha256 || counted.lines() !== rows)
    throw new BackupUnfit('damaged', fileOf('', name))
}

function listOf(columns: string[]): string {
  return columns.map((column) => `"${column}"`).join(', ')
}

/** Returns where a table lies in a back-up. */
export function fileOf(folder: string, table: string): string {
  return join(folder, 'database', `${table}.gz`)
}

/** Counts the rows that pass; a line end within a value is written otherwise. */
function countingLines() {
  let lines = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) lines++
      done(null, chunk)
    },
  })
  return { stream, lines: () => lines }
}

function hashing() {
  const hash = createHash('sha256')
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      done(null, chunk)
    },
  })
  return { stream, hex: () => hash.digest('hex') }
}
