import { execFile } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import Backup from '#app/center/backups/backup'
import { restoringMark } from '../../../bin/setup/restoring.js'
import { backupPath } from '#app/center/backups/backup_path'
import { backupCheck } from '#app/center/backups/backup_check'
import { JOURNAL, writeJournal } from '#app/center/backups/journal'
import {
  askForBackup,
  forgetBackup,
  makeBackup,
  makeBackups,
  removeOldBackups,
} from '#app/center/backups/make_backups'
import { BackupUnfit, MANIFEST, readManifest } from '#app/center/backups/manifest'
import { placeIn, SEALED_COLUMNS, SEALED_FILES } from '#app/center/backups/sealed_places'
import { verifyBackup } from '#app/center/backups/verify_backup'
import { databaseUrl, ownerUrl } from '#config/database_url'
import { backupsUntil } from '#app/center/retention/backups_until'
import { drainFlow } from '#app/flow/sweeper'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { eraseSubmission } from '#app/submissions/erase_submission'
import { newId } from '#app/core/ids'
import { standstillCheck } from '#app/core/standstill'
import { givenBatchAtWork } from '#tests/support/given_batch'
import { givenKeyed, person, runWishes } from '#tests/support/given'
import { givenBooked, givenRegister } from '#tests/support/given_live'
import { sealAll } from '#tests/support/seal_all'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/**
 * Tables that tell of the back-up itself, of who is signed in, or of what the making and the bringing back of it wrote:
 * its events, and their seals under the chain's key.
 */
const LATER = [
  'backups',
  'standstills',
  'sessions',
  'rate_limits',
  'heartbeats',
  'events',
  'event_seals',
  'data_keys',
]

/** Bytes that are no person's. */
const OPEN = [
  'blank_forms',
  'draft_pages',
  'draft_papers',
  'enclosed_forms',
  'enclosed_form_pages',
  'form_pages',
  'form_papers',
]
const UNSEALED = [...OPEN, 'guide_pictures', 'work_pictures', 'event_days', 'event_seals']

async function fault(work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof BackupUnfit) return error.problem
    throw error
  }
  return 'none'
}

/** Fills `database`, which is empty, from a back-up as the command does. */
async function restoreInto(
  database: string,
  folder: string,
  files: string,
  more: Record<string, string> = {}
): Promise<string> {
  const url = Object.assign(new URL(ownerUrl()!), { pathname: `/${database}` }).href
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import=@poppinss/ts-exec', '--no-warnings', app.makePath('bin/restore.ts')],
    {
      cwd: app.makePath(),
      env: {
        ...process.env,
        LANG: 'C',
        DATABASE_URL: url,
        DATABASE_OWNER_URL: '',
        FILES_PATH: files,
        RESTORE_FROM: folder,
        ...more,
      },
    }
  ).catch((error: { stdout: string }) => error)
  return stdout
}

/** A digest of some rows of a table. */
async function digestOf(connection: string, table: string, those: string): Promise<string> {
  const { rows } = await db.connection(connection).rawQuery<{ rows: { digest: string }[] }>(
    `select count(*) || ' ' || coalesce(md5(string_agg(r::text, ',' order by r::text)), '') as digest
       from ${table} r where ${those}`
  )
  return rows[0].digest
}

/** A digest of each table's rows. */
async function contentsOf(connection: string): Promise<Record<string, string>> {
  const client = db.connection(connection)
  const tables: { name: string }[] = await client
    .from('pg_tables')
    .where('schemaname', 'public')
    .orderBy('tablename')
    .select('tablename as name')
  const contents: Record<string, string> = {}
  for (const { name } of tables) {
    contents[name] = await digestOf(connection, name, 'true')
  }
  return contents
}

test.group('A back-up', (group) => {
  let folder: string
  group.each.setup(reset)
  group.each.setup(() => {
    folder = mkdtempSync(join(tmpdir(), 'backups-'))
    return () => rmSync(folder, { recursive: true, force: true })
  })

  async function whole(): Promise<string> {
    const backup = await makeBackup(folder)
    if (backup?.state !== 'done') throw new Error(`It failed: ${backup?.reason}`)
    return backup.folder!
  }

  test('knows every sealed column and every file of the schema', async ({ assert }) => {
    const bytes: { name: string }[] = await db
      .from('information_schema.columns')
      .where({ table_schema: 'public', data_type: 'bytea' })
      .whereNotIn('table_name', UNSEALED)
      .select(db.raw(`table_name || '.' || column_name as name`))
    assert.sameMembers(
      SEALED_COLUMNS.map(({ name }) => name),
      bytes.map(({ name }) => name)
    )
    const files: { name: string }[] = await db
      .from('information_schema.columns')
      .where({ table_schema: 'public', data_type: 'text' })
      .whereIn('column_name', ['file', 'image', 'registered_image'])
      .select(db.raw(`table_name || '.' || column_name as name`))
    assert.sameMembers(
      SEALED_FILES.map(({ name }) => name),
      files.map(({ name }) => name)
    )
  })

  test('opens again to the last value, and is brought back with every row and file', async ({
    assert,
  }) => {
    const submission = await givenKeyed()
    await planPrintRun(await person('admin'), submission.clientId, newId(), runWishes())
    await drainFlow()
    await givenRegister()
    await givenBooked({ voucher_number: '4111111111' })
    await givenBatchAtWork()
    await sealAll()
    const [{ last }] = await db.from('event_seals').max('sequence as last')
    assert.isAbove(Number(last), 50)
    const backup = await whole()
    const { values, files } = await verifyBackup(backup, ownerUrl()!)
    assert.isAbove(values, 50)
    assert.isAbove(files, 1)

    const database = `restored_${newId().replaceAll('-', '')}`
    await db.connection('owner').rawQuery(`create database ${database} template template0`)
    const target = join(folder, 'files')
    try {
      assert.include(await restoreInto(database, backup, target), 'Brought back')
      const url = Object.assign(new URL(ownerUrl()!), { pathname: `/${database}` }).href
      db.manager.add(database, { client: 'pg', connection: { connectionString: url } })
      const [here, there] = [await contentsOf('postgres'), await contentsOf(database)]
      for (const table of Object.keys(here)) {
        if (LATER.includes(table)) continue
        assert.equal(there[table], here[table], table)
      }
      // What was kept before the back-up is there as it was; what came since comes from making and restoring it.
      for (const [table, until] of [
        ['events', last],
        ['event_seals', last],
      ] as const)
        assert.equal(
          await digestOf(database, table, `sequence <= ${until}`),
          await digestOf('postgres', table, `sequence <= ${until}`),
          table
        )
      const keys = await db.connection(database).from('data_keys').whereNotNull('wrapped')
      const own = await db
        .from('data_keys')
        .whereNotNull('wrapped')
        .where('purpose', '<>', 'event_chain')
      assert.includeMembers(
        keys.map(({ id, wrapped }) => `${id} ${wrapped}`),
        own.map(({ id, wrapped }) => `${id} ${wrapped}`)
      )
      const { rows } = await db
        .connection(database)
        .rawQuery(`select last_value as last from events_sequence_seq`)
      assert.isAtLeast(Number(rows[0].last), 1)
      let compared = 0
      for (const { name } of SEALED_FILES) {
        const { table, column } = placeIn(name)
        const paths = await db
          .from(table)
          .join('data_keys', 'data_keys.id', `${table}.data_key_id`)
          .whereNotNull('data_keys.wrapped')
          .whereNotNull(column)
          .select(`${table}.${column} as path`)
        for (const { path } of paths)
          assert.deepEqual(
            readFileSync(join(target, path)),
            readFileSync(join(process.env.FILES_PATH!, path)),
            name
          )
        compared += paths.length
      }
      assert.isAtLeast(compared, 4)

      // Not over what is there.
      assert.include(await restoreInto(database, backup, join(folder, 'other')), 'empty machine')
      assert.include(await restoreInto(database, backup, target), 'empty machine')
      assert.isAbove(Number((await contentsOf(database)).users.split(' ')[0]), 0)
    } finally {
      await db.manager.close(database, true)
      await db.connection('owner').rawQuery(`drop database ${database} with (force)`)
    }
  }).timeout(240_000)

  test('gives nobody back who was erased after it, and lets nothing leave', async ({ assert }) => {
    const submission = await givenKeyed()
    const backup = await whole()
    await eraseSubmission(submission.receipt)
    await writeJournal()
    // The journal came to the back-up by itself; a line of it was cut off with the machine.
    assert.notEqual(dirname(backup), backupPath())
    const journal = join(dirname(backup), JOURNAL)
    assert.include(readFileSync(journal, 'utf8'), submission.dataKeyId)
    appendFileSync(journal, '{"key":"0')
    assert.lengthOf(
      await db.from('data_keys').whereNotNull('destroyed_at').whereNull('journaled_at'),
      0
    )

    const database = `restored_${newId().replaceAll('-', '')}`
    await db.connection('owner').rawQuery(`create database ${database} template template0`)
    try {
      const elsewhere = { RESTORE_JOURNAL: join(folder, 'nowhere') }
      assert.include(
        await restoreInto(database, backup, join(folder, 'files'), elsewhere),
        'erased people would come back'
      )
      await restoreInto(database, backup, join(folder, 'files'))
      const url = Object.assign(new URL(ownerUrl()!), { pathname: `/${database}` }).href
      db.manager.add(database, { client: 'pg', connection: { connectionString: url } })
      const there = db.connection(database)
      assert.equal(
        (await there.from('submissions').where('id', submission.id).firstOrFail()).state,
        'erased'
      )
      const key = await there.from('data_keys').where('id', submission.dataKeyId).firstOrFail()
      assert.isNull(key.wrapped)
      assert.lengthOf(await there.from('search_tokens').where('submission_id', submission.id), 0)
      assert.isAbove(
        (await there.from('standstills').whereNull('released_at').firstOrFail()).replayed,
        0
      )
    } finally {
      await db.manager.close(database, true)
      await db.connection('owner').rawQuery(`drop database ${database} with (force)`)
    }
  }).timeout(240_000)

  test('that was damaged, changed or is another’s is not brought back', async ({ assert }) => {
    const submission = await givenKeyed()
    await planPrintRun(await person('admin'), submission.clientId, newId(), runWishes())
    await drainFlow()
    const backup = await whole()
    const manifest = await readManifest(backup)
    const verify = () => fault(verifyBackup(backup, ownerUrl()!))

    const flip = (path: string) => {
      const content = readFileSync(path)
      const whereTo = Math.floor(content.length / 2)
      content[whereTo] = content[whereTo] ^ 1
      writeFileSync(path, content)
    }
    const [{ path }] = readFileSync(join(backup, 'files.jsonl'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line))
    flip(join(backup, 'files', path))
    assert.equal(await verify(), 'damaged')
    const database = `restored_${newId().replaceAll('-', '')}`
    await db.connection('owner').rawQuery(`create database ${database} template template0`)
    assert.include(await restoreInto(database, backup, join(folder, 'files')), 'damaged')
    assert.throws(() => readFileSync(join(folder, 'files', path)))
    await db.connection('owner').rawQuery(`drop database ${database} with (force)`)
    flip(join(backup, 'files', path))

    const files = readFileSync(join(backup, 'files.jsonl'))
    writeFileSync(join(backup, 'files.jsonl'), files.subarray(0, 10))
    assert.equal(await verify(), 'damaged')
    writeFileSync(join(backup, 'files.jsonl'), files)

    const write = (changed: object) =>
      writeFileSync(join(backup, MANIFEST), JSON.stringify({ ...manifest, ...changed }))
    write({ keyCheck: ['x'] })
    assert.equal(await verify(), 'keys')
    write({ migrations: [...manifest.migrations, 'database/migrations/9999_later'] })
    assert.equal(await verify(), 'newer')
    write({ format: 2 })
    assert.equal(await verify(), 'format')
    const tables = manifest.tables.map((table) =>
      table.name === 'submissions' ? { ...table, rows: table.rows + 1 } : table
    )
    write({ tables })
    assert.equal(await verify(), 'damaged')
    write({})
    assert.equal(await verify(), 'none')
    const left = await db.from('pg_database').where('datname', 'like', 'verify_%')
    assert.lengthOf(left, 0)
  }).timeout(240_000)

  test('takes room once for what the one before has, and goes when its time is over', async ({
    assert,
  }) => {
    const admin = await person('admin')
    await askForBackup(admin)
    await askForBackup(admin)
    assert.lengthOf(await Backup.all(), 1)
    await makeBackups()
    const [first] = await Backup.all()
    assert.equal(first.state, 'done')
    assert.equal(dirname(first.folder!), backupPath())
    await makeBackups()
    assert.lengthOf(await Backup.all(), 1, 'nothing is due')

    await db.from('backups').update({ created_at: db.raw(`now() - interval '40 days'`) })
    assert.equal(await backupCheck.check(), 'backup_old')
    await removeOldBackups()
    assert.equal((await Backup.findOrFail(first.id)).state, 'done', 'the newest stays')
    await makeBackups()
    assert.isNull(await backupCheck.check())
    await removeOldBackups()
    const [old, newest] = await Backup.query().orderBy('createdAt')
    assert.equal(old.state, 'removed')
    assert.throws(() => readFileSync(join(old.folder!, MANIFEST)))
    assert.isOk(readFileSync(join(newest.folder!, MANIFEST)))
    rmSync(newest.folder!, { recursive: true })
  })

  test('out of the house is gone when it is reached, or when somebody says so', async ({
    assert,
  }) => {
    const backup = await whole()
    await db.from('backups').update({ created_at: db.raw(`now() - interval '40 days'`) })
    const old = await Backup.findByOrFail('folder', backup)
    await whole()
    const away = `${folder}-away`
    renameSync(folder, away)
    await removeOldBackups()
    assert.deepInclude((await old.refresh()).serialize(), { state: 'done', reason: 'out_of_reach' })
    assert.deepEqual(await backupsUntil(new Date()), {
      until: (await backupsUntil(new Date())).until,
      beyond: 1,
    })
    renameSync(away, folder)
    await removeOldBackups()
    assert.equal((await old.refresh()).state, 'removed')
    assert.isFalse(existsSync(backup))

    const [other] = await Backup.query().where('state', 'done')
    const admin = await person('admin')
    assert.isFalse(await forgetBackup(admin, other.id))
    await other.merge({ reason: 'out_of_reach' }).save()
    const visitor = await Visitor.loggedIn('admin')
    const asked = await visitor.post(`/backups/${other.id}/removal`)
    assert.include(asked.text, '本当にこわしましたか')
    assert.equal((await other.refresh()).state, 'done')
    await visitor.post(`/backups/${other.id}/removal`, { sure: 'yes' })
    assert.equal((await other.refresh()).state, 'removed')
    const event = await db
      .from('events')
      .where('verb', 'backup.removed')
      .orderBy('sequence', 'desc')
      .firstOrFail()
    assert.equal(event.actor_id, admin.id)
    assert.equal((await backupsUntil(new Date())).beyond, 0)
  })

  test('whose restore was cut off is served to nobody, and brought back anew', async ({
    assert,
  }) => {
    await givenKeyed()
    const backup = await whole()
    const database = `restored_${newId().replaceAll('-', '')}`
    await db.connection('owner').rawQuery(`create database ${database} template template0`)
    const target = join(folder, 'files')
    try {
      await restoreInto(database, backup, target)
      // As it stands where the machine stops before all is replayed.
      const { host } = new URL(ownerUrl()!)
      // Of another database it says nothing: this one isn't taken away for it.
      writeFileSync(restoringMark(target), `${host}/another`)
      assert.include(await restoreInto(database, backup, target), 'empty machine')
      writeFileSync(restoringMark(target), `${host}/${database}`)
      const url = Object.assign(new URL(ownerUrl()!), { pathname: `/${database}` }).href
      const started = await promisify(execFile)(
        process.execPath,
        ['--import=@poppinss/ts-exec', '--no-warnings', app.makePath('bin/prepare.ts')],
        { env: { ...process.env, LANG: 'C', DATABASE_URL: url, FILES_PATH: target } }
      ).catch((error: { code: number; stdout: string }) => error)
      assert.deepInclude(started, { code: 1 })
      assert.include(started.stdout, 'cut off')
      assert.include(await restoreInto(database, backup, target), 'Brought back')
      assert.isFalse(existsSync(restoringMark(target)))
      // What fails near the end leaves nothing either.
      const other = join(folder, 'other')
      await db.connection('owner').rawQuery(`drop database ${database} with (force)`)
      await db.connection('owner').rawQuery(`create database ${database} template template0`)
      const isFolder = { RESTORE_JOURNAL: folder }
      assert.notInclude(await restoreInto(database, backup, other, isFolder), 'Brought back')
      assert.isFalse(existsSync(other))
      assert.isFalse(existsSync(restoringMark(other)))
      assert.include(await restoreInto(database, backup, other), 'Brought back')
    } finally {
      await db.connection('owner').rawQuery(`drop database ${database} with (force)`)
    }
  }).timeout(240_000)

  test('that can’t be written says why and leaves nothing; one that died is called so', async ({
    assert,
  }) => {
    writeFileSync(join(folder, 'file'), '')
    await db.table('backups').insert({ id: newId(), state: 'running' })
    const failed = await makeBackup(join(folder, 'file'))
    assert.deepInclude(failed!.serialize(), { state: 'failed', reason: 'other' })
    const died = await Backup.query().where('reason', 'stopped').firstOrFail()
    assert.equal(died.state, 'failed')
    const page = (await (await Visitor.loggedIn('admin')).get('/backups')).text
    assert.include(page, '途中で止まりました')
    assert.equal((await (await Visitor.loggedIn('leader')).get('/backups')).status, 404)
    assert.include(databaseUrl(), 'postgres')
  })

  test('that was brought back holds the post until somebody releases it', async ({ assert }) => {
    await db
      .table('standstills')
      .insert({ id: newId(), backup_at: new Date(), replayed: 3, events_until: 0 })
    assert.equal(await standstillCheck.check(), 'standstill')
    const submission = await givenKeyed()
    const planned = await planPrintRun(
      await person('admin'),
      submission.clientId,
      newId(),
      runWishes()
    )
    await drainFlow()
    const run = (await db.from('print_runs').firstOrFail()).id
    assert.isOk(planned)
    const admin = await Visitor.loggedIn('admin')
    await admin.post(`/print-runs/${run}/posting`)
    assert.include((await admin.get(`/print-runs/${run}`)).text, '投函はまだできません')
    assert.include((await admin.get('/backups')).text, '消しなおした鍵 3')
    await admin.post('/backups/release')
    assert.isNull(await standstillCheck.check())
    await admin.post(`/print-runs/${run}/posting`)
    assert.notInclude((await admin.get(`/print-runs/${run}`)).text, '投函はまだできません')
  })
})
