import { once } from 'node:events'
import { spawn } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { QueryClientContract } from '@adonisjs/lucid/types/database'
import { test } from '@japa/runner'
import sharp from 'sharp'
import { MigrationFailed, migrate } from '#database/migrate'
import { databaseUrl, ownerUrl } from '#config/database_url'
import { newId } from '#app/core/ids'
import { freePort } from '#tests/support/free_port'
import { Visitor } from '#tests/support/visitor'

interface Kept {
  settings: Record<string, string>
  tables: Record<string, Record<string, unknown>[]>
  /** base64, by path */
  files: Record<string, string>
}

const FOLDER = app.makePath('tests/versions')
const VERSIONS = readdirSync(FOLDER)

/** A database of its own beside the tests' one, with the migrations of a folder. */
class OtherDatabase {
  readonly name = `kept_${newId().replaceAll('-', '')}`
  readonly url = Object.assign(new URL(ownerUrl()!), { pathname: `/${this.name}` }).href

  static async create(migrations: string): Promise<OtherDatabase> {
    const other = new OtherDatabase()
    await db.connection('owner').rawQuery(`create database ${other.name}`)
    db.manager.add(other.name, {
      client: 'pg',
      connection: { connectionString: other.url },
      migrations: { paths: [migrations] },
    })
    await other.client.rawQuery('create extension if not exists pg_trgm')
    return other
  }

  get client(): QueryClientContract {
    return db.connection(this.name)
  }

  async drop(): Promise<void> {
    await db.manager.close(this.name, true)
    await db.connection('owner').rawQuery(`drop database ${this.name} with (force)`)
  }
}

/** Puts an installation's rows where its version's schema is. */
async function load(client: QueryClientContract, tables: Kept['tables']): Promise<void> {
  await client.transaction(async (trx) => {
    await trx.rawQuery('set local session_replication_role = replica')
    for (const [name, rows] of Object.entries(tables)) {
      await trx.rawQuery(`delete from ${name}`)
      const columns: { name: string }[] = await trx
        .from('information_schema.columns')
        .where({ table_schema: 'public', table_name: name, is_generated: 'NEVER' })
        .select('column_name as name')
      const list = columns.map((column) => `"${column.name}"`).join(', ')
      await trx.rawQuery(
        `insert into ${name} (${list}) overriding system value select ${list} from jsonb_populate_recordset(null::${name}, ?::jsonb)`,
        [JSON.stringify(rows)]
      )
    }
    await trx.rawQuery(
      `select setval(pg_get_serial_sequence('events', 'sequence'), (select max(sequence) from events))`
    )
  })
}

/** A list of which letters are to be approved has been looked at, also where no proofs were kept of it then. */
async function proofsAreMade(client: QueryClientContract, base: string): Promise<void> {
  const mailing = await client.from('mailings').whereNotNull('file').first()
  if (!mailing) return
  const health = await Visitor.loggedIn('kenko', 'center', base)
  for (;;) {
    const proof = await health.get(`/mailings/${String(mailing.id)}/proofs/longest`)
    if (proof.headers.get('content-type') === 'image/png') return
    await sleep(200)
  }
}

test.group('An installation of an earlier version', (group) => {
  let folder: string
  group.each.setup(() => {
    // Within the project: migrations find their packages from there.
    mkdirSync(app.makePath('storage'), { recursive: true })
    folder = mkdtempSync(app.makePath('storage/update-'))
    chmodSync(folder, 0o755)
    return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })

  test('starts, opens its seals and reads its paper: {$self}')
    .with(VERSIONS)
    .run(async ({ assert }, version) => {
      const kept: Kept = JSON.parse(gunzipSync(readFileSync(join(FOLDER, version))).toString())
      for (const { name } of kept.tables.adonis_schema)
        cpSync(app.makePath(`${String(name)}.ts`), join(folder, `${String(name)}.ts`))
      for (const [path, content] of Object.entries(kept.files)) {
        mkdirSync(dirname(join(folder, 'files', path)), { recursive: true })
        writeFileSync(join(folder, 'files', path), Buffer.from(content, 'base64'))
      }
      const migrations = join(folder, 'database/migrations')
      const other = await OtherDatabase.create(migrations)
      const port = await freePort()
      let output = ''
      try {
        await other.client.transaction((trx) => migrate(trx, () => {}))
        await load(other.client, kept.tables)
        const program = spawn(process.execPath, [app.makePath('bin/start.js')], {
          cwd: app.makePath(),
          env: {
            ...kept.settings,
            PATH: process.env.PATH,
            HOME: process.env.HOME,
            LANG: 'C',
            LOG_LEVEL: 'error',
            HOST: '127.0.0.1',
            PORT: String(port),
            STORAGE_PATH: folder,
            FILES_PATH: join(folder, 'files'),
            DATABASE_URL: Object.assign(new URL(databaseUrl()), { pathname: `/${other.name}` })
              .href,
            DATABASE_OWNER_URL: other.url,
          },
        })
        program.stdout.on('data', (chunk) => (output += chunk))
        program.stderr.on('data', (chunk) => (output += chunk))
        try {
          while (!output.includes('Stop with Ctrl-C') && program.exitCode === null) await sleep(50)
          assert.isNull(program.exitCode, output)
          const newer = readdirSync(app.makePath('database/migrations')).filter(
            (file) =>
              !kept.tables.adonis_schema.some(({ name }) =>
                String(name).endsWith(file.slice(0, -3))
              )
          )
          for (const file of newer) assert.include(output, file.slice(0, -3))
          assert.equal(output.includes('Updating the database'), newer.length > 0)
          await walk(other.client, `http://127.0.0.1:${port}`, kept)
        } finally {
          const ended = once(program, 'exit')
          if (program.exitCode === null) {
            program.kill('SIGTERM')
            await ended
          }
        }
      } finally {
        await other.drop()
      }

      async function walk(client: QueryClientContract, base: string, before: Kept): Promise<void> {
        for (const [name, rows] of Object.entries(before.tables)) {
          // What goes by itself with time.
          if (['adonis_schema', 'sessions', 'rate_limits'].includes(name)) continue
          assert.isAtLeast(await countedIn(client, name, rows.length), rows.length, name)
        }
        const desk = await Visitor.loggedIn('madoguchi', 'center', base)
        assert.include((await desk.get('/scans')).text, '04-front.jpg')
        for (const page of before.tables.pages) {
          const image = await desk.get(`/pages/${String(page.id)}/image`)
          assert.equal(image.headers.get('content-type'), 'image/jpeg')
        }
        const [submission] = before.tables.submissions
        const shown = await desk.get(`/submissions/${String(submission.id)}`)
        assert.include(shown.text, String(submission.receipt))

        // Paper that this version has printed comes once more: another scan of the same sheet.
        const [page] = before.tables.pages
        const image = await desk.get(`/pages/${String(page.id)}/image`)
        const form = await sharp(image.body)
          .withMetadata({ density: 200 })
          .jpeg({ quality: 70 })
          .toBuffer()
        const [scan] = before.tables.scans
        const answer = await desk.upload([{ name: 'again.jpg', content: form }], {
          service_id: String(scan.service_id),
          upload_key: newId(),
        })
        assert.isTrue(answer.files[0].ok)
        for (;;) {
          const read = await client
            .from('pages')
            .join('scans', 'scans.id', 'pages.scan_id')
            .where('scans.id', answer.files[0].url!.split('/').at(-1)!)
            .select('pages.*')
            .first()
          if (read && read.state !== 'pending') {
            assert.equal(read.form_page, page.form_page, read.reason)
            assert.equal(read.service_version_id, page.service_version_id)
            break
          }
          await sleep(200)
        }
        await proofsAreMade(client, base)
      }
    })
    .timeout(480_000)

  test('cancels letters that were made twice', async ({ assert }) => {
    const version = VERSIONS.toSorted().find((one) => one.startsWith('14-'))!
    const kept: Kept = JSON.parse(gunzipSync(readFileSync(join(FOLDER, version))).toString())
    const migrations = join(folder, 'database/migrations')
    const { adonis_schema: done, ...tables } = kept.tables
    for (const { name } of done)
      cpSync(app.makePath(`${String(name)}.ts`), join(folder, `${String(name)}.ts`))
    const other = await OtherDatabase.create(migrations)
    try {
      await other.client.transaction((trx) => migrate(trx, () => {}))
      // Which migrations are done, this database knows by its own names.
      await load(other.client, tables)
      const [{ id, client_id: clientId, data_key_id: key }] = kept.tables.mailings
      const letter = {
        ...{ client_id: clientId, data_key_id: key, product: 'letter', kind: 'letter' },
        template_version: 1,
      }
      const [known, twice] = [newId(), newId()]
      for (const reply of [twice, known])
        await other.client
          .table('replies')
          .insert({ ...letter, id: reply, state: 'ready', mailing_id: id, place: 1 })
      const row = other.client.from('mailing_rows').where({ mailing_id: id, place: 1 })
      await row.update({ reply_id: known })
      cpSync(app.makePath('database/migrations'), migrations, { recursive: true })
      await other.client.transaction((trx) => migrate(trx, () => {}))
      const replies: { id: string }[] = await other.client
        .from('replies')
        .where('mailing_id', String(id))
      assert.sameDeepMembers(
        replies.map((reply) => [
          reply.id,
          'state' in reply && reply.state,
          'place' in reply && reply.place,
        ]),
        [
          [known, 'ready', 1],
          [twice, 'canceled', null],
        ]
      )
      const event = await other.client.from('events').where({ subject_id: twice }).firstOrFail()
      assert.deepInclude(event, {
        verb: 'reply.canceled',
        detail: { from: 'ready', to: 'canceled' },
      })
    } finally {
      await other.drop()
    }
  }).timeout(60_000)

  test('starts as it was after a migration that failed', async ({ assert }) => {
    const migrations = join(folder, 'database/migrations')
    cpSync(app.makePath('database/migrations'), migrations, { recursive: true })
    const names = readdirSync(migrations).toSorted()
    rmSync(join(migrations, names.at(-1)!))
    const other = await OtherDatabase.create(migrations)
    const schema = async () => {
      const columns = await other.client
        .from('information_schema.columns')
        .where('table_schema', 'public')
        .orderBy('table_name')
        .orderBy('column_name')
        .select('table_name', 'column_name')
      return { columns, done: await other.client.from('adonis_schema').select('name') }
    }
    try {
      await other.client.transaction((trx) => migrate(trx, () => {}))
      const before = await schema()
      cpSync(app.makePath('database/migrations', names.at(-1)!), join(migrations, names.at(-1)!))
      writeFileSync(
        join(migrations, '9999_broken.ts'),
        `import { BaseSchema } from '@adonisjs/lucid/schema'
         export default class extends BaseSchema {
           async up() {
             this.schema.raw('create table half_done (id integer); select 1 / 0')
           }
         }`
      )
      const told: string[] = []
      const update = () =>
        other.client.transaction((trx) => migrate(trx, (pending) => told.push(...pending)))
      await assert.rejects(update, 'The migration 9999_broken failed; nothing was changed.')
      await update().catch((error) => assert.instanceOf(error, MigrationFailed))
      assert.includeMembers(told, ['9999_broken'])
      assert.deepEqual(await schema(), before)
    } finally {
      await other.drop()
    }
  }).timeout(60_000)
})

/** Counts a table's rows; where they are fewer it is waited for: a list is checked anew by the newer version, row by row. */
async function countedIn(
  client: QueryClientContract,
  table: string,
  expected: number
): Promise<number> {
  for (let tries = 0; ; tries++) {
    const [{ count }] = await client.from(table).count('* as count')
    if (Number(count) >= expected || tries >= 600) return Number(count)
    await sleep(50)
  }
}
