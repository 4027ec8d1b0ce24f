/**
 * Keeps an installation as it is, in one small file, so that later versions can be tried on it (tests/versions). Run
 * it while `npm start` runs there:
 *
 *   node tests/support/keep_version.js INSTALLATION tests/versions/NUMBER-COMMIT.json.gz
 *
 * INSTALLATION is the folder that it was cloned into; it has read a form or two that it has printed.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import pg from 'pg'

/** Japan Post's postcodes come from their own file. */
const LEFT_OUT = ['postcodes']
const SECRETS = ['INSTALLATION', 'APP_KEY', 'SEALING_KEYS']

const [installation, target] = process.argv.slice(2)
const settings = Object.fromEntries(
  readFileSync(join(installation, '.env'), 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z_]+=/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])
)
const { port } = JSON.parse(readFileSync(join(installation, 'storage/database.json'), 'utf8'))
const client = new pg.Client({
  host: '127.0.0.1',
  port,
  user: 'hashiwatashi',
  password: settings.EMBEDDED_DB_PASSWORD,
  database: 'hashiwatashi',
})
await client.connect()
const names = await client.query(
  `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`
)
/** @type {Record<string, unknown[]>} */
const tables = {}
for (const { name } of names.rows) {
  if (LEFT_OUT.includes(name)) continue
  const { rows } = await client.query(`select to_jsonb(t) as row from "${name}" t`)
  tables[name] = rows.map(({ row }) => row)
}
await client.end()

const folder = join(installation, 'storage/files')
const files = Object.fromEntries(
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .map((path) => [relative(folder, path), readFileSync(path).toString('base64')])
)
const kept = {
  settings: Object.fromEntries(SECRETS.map((name) => [name, settings[name]])),
  tables,
  files,
}
writeFileSync(target, gzipSync(JSON.stringify(kept), { level: 9 }))
