import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { lookAtDemo } from '#app/center/demo/remove_demo'
import { navigation } from '#app/people/navigation'
import { freePort } from '#tests/support/free_port'
import { emptyStorage, remove, start } from '#tests/support/installation'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** What a first start makes, and how it goes: once for all tests, which get copies. */
async function startFromNothing() {
  const storage = emptyStorage()
  const port = await freePort()
  const run = start(storage, port)
  const served = await run.untilServed()
  const login = await fetch(`http://127.0.0.1:${port}/login`).catch((error: Error) => error)
  const components = await fetch(`http://127.0.0.1:${port}/components`, { redirect: 'manual' })
  const code = await run.stop('SIGTERM')
  const after = await fetch(`http://127.0.0.1:${port}/login`).catch(() => null)
  return {
    storage,
    output: run.output(),
    served,
    login,
    components: components.status,
    code,
    after,
  }
}

test.group('npm start', (group) => {
  let storage: string
  let made: ReturnType<typeof startFromNothing> | undefined
  const copy = async () =>
    execFileSync('cp', ['-a', `${(await (made ??= startFromNothing())).storage}/.`, storage])
  group.each.setup(() => {
    storage = emptyStorage()
    return () => remove(storage)
  })
  group.teardown(async () => {
    if (made) remove((await made).storage)
  })

  test('serves from nothing, stops on a signal, and keeps the data', async ({ assert }) => {
    const first = await (made ??= startFromNothing())
    assert.isTrue(first.served, first.output)
    assert.include(first.output, 'operator4')
    // Whoever runs from the same folder has built them.
    assert.notInclude(first.output, 'Building the screens')
    assert.propertyVal(first.login, 'status', 200, first.output)
    // The living page of components is for who develops.
    assert.equal(first.components, 404)
    assert.equal(first.code, 0)
    assert.isNull(first.after)
    assert.isFalse(existsSync(join(first.storage, 'database.json')))

    await copy()
    const port = await freePort()
    const second = start(storage, port)
    assert.isTrue(await second.untilServed(), second.output())
    assert.notInclude(second.output(), 'Making the database')
    const again = start(storage, port)
    assert.equal(await again.ended, 1)
    assert.match(again.output(), /✖ It is running already \(pid \d+\)/)
    assert.equal(await second.stop('SIGINT'), 0)
  }).timeout(120_000)

  test('says that it serves when it does, not when another program has taken the port', async ({
    assert,
  }) => {
    await copy()
    const port = await freePort()
    const run = start(storage, port)
    while (!existsSync(join(storage, 'database/data/postmaster.pid'))) await sleep(50)
    const taker = createServer().listen(port, '127.0.0.1')
    await once(taker, 'listening')
    while (!run.output().includes('web stopped (1)')) await sleep(50)
    assert.notInclude(run.output(), 'Stop with Ctrl-C')
    taker.close()
    assert.isTrue(await run.untilServed(), run.output())
    assert.equal(await run.stop('SIGTERM'), 0)
  }).timeout(120_000)

  test('starts a database that was killed again, and says with 1 when it can’t', async ({
    assert,
  }) => {
    await copy()
    const port = await freePort()
    const run = start(storage, port)
    assert.isTrue(await run.untilServed(), run.output())
    const killDatabase = () => {
      const file = readFileSync(join(storage, 'database/data/postmaster.pid'), 'utf8')
      process.kill(Number(file.split('\n')[0]), 'SIGKILL')
    }
    killDatabase()
    while (!run.output().includes('starting it again')) await sleep(50)
    const served = async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/login`).catch(() => null)
      return answer?.status === 200
    }
    while (!(await served())) await sleep(100)

    writeFileSync(join(storage, 'database/data/global/pg_control'), '')
    killDatabase()
    assert.equal(await run.ended, 1)
    assert.match(run.output(), /✖ The database can't start: .*pg_control/)
  }).timeout(180_000)

  test('and npm test end when they are told to', async ({ assert }) => {
    const child = spawn(process.execPath, [app.makePath('bin/test_all.js'), 'functional'], {
      cwd: app.makePath(),
      env: { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C', STORAGE_PATH: storage },
    })
    let output = ''
    child.stdout.on('data', (chunk) => (output += chunk))
    const ended = once(child, 'exit')
    // As soon as the first test has run, and long before the last.
    while (!output.includes('✔') && child.exitCode === null) await sleep(50)
    child.kill('SIGTERM')
    const [code] = await ended
    assert.equal(code, 1)
    assert.notExists(readdirSync(storage).find((name) => name === 'test-database'))
  }).timeout(180_000)

  test('takes settings from .env', async ({ assert }) => {
    cpSync(app.makePath('bin/setup'), join(storage, 'bin/setup'), { recursive: true })
    writeFileSync(join(storage, 'package.json'), '{"type":"module"}')
    writeFileSync(
      join(storage, '.env'),
      'FILES_PATH=/mnt/files\nSTORAGE_PATH=elsewhere\nPORT=3434\n'
    )
    const print = `import { loadEnvironment } from './bin/setup/environment.js'
      loadEnvironment()
      console.log(process.env.FILES_PATH, process.env.TMPDIR, process.env.PORT)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', print], {
      cwd: storage,
      env: { PATH: process.env.PATH, PORT: '3535' },
    })
    let printed = ''
    child.stdout.on('data', (chunk) => (printed += chunk))
    await once(child, 'close')
    assert.equal(printed.trim(), `/mnt/files ${join(storage, 'elsewhere/tmp')} 3535`)
  })

  test('says in one line that a port is used', async ({ assert }) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const run = start(storage, port)
    assert.equal(await run.ended, 1)
    taken.close()
    assert.include(run.output(), `✖ Port ${port} is used by another program.`)
    assert.notInclude(run.output(), '    at ')
  })

  test('says in one line that a database can’t start', async ({ assert }) => {
    await copy()
    writeFileSync(join(storage, 'database/data/PG_VERSION'), '15\n')
    const other = start(storage, await freePort())
    assert.equal(await other.ended, 1)
    assert.match(other.output(), /✖ The database in .+ was made by PostgreSQL 15/)
    assert.notInclude(other.output(), '    at ')
  }).timeout(60_000)

  test('of the demo is emptied by a command, but not where somebody works', async ({ assert }) => {
    await reset()
    assert.deepEqual(await lookAtDemo(), { strangers: [], inUse: [], submissions: 0 })
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/settings', { 'values[letterhead_city]': '岬市' })
    assert.deepEqual((await lookAtDemo()).inUse, ['letterhead'])
    await refused()
    await db.from('settings').delete()
    const center = await db.from('organizations').where('kind', 'center').firstOrFail()
    await db.from('organizations').where('id', center.id).update({ slug: 'ours', name: '岬市' })
    try {
      assert.deepEqual((await lookAtDemo()).strangers, ['岬市'])
      await refused()
    } finally {
      await db
        .from('organizations')
        .where('id', center.id)
        .update({ slug: center.slug, name: center.name })
    }

    async function refused() {
      const removing = execFile(process.execPath, ['ace.js', 'demo:remove', '--yes'], {
        cwd: app.makePath(),
        env: process.env,
      })
      assert.equal((await once(removing, 'exit'))[0], 1)
      assert.isNotNull(await db.from('users').first())
    }
  }).timeout(60_000)

  test('without the demo is begun once, on a screen, by whoever started it', async ({ assert }) => {
    const empty = emptyStorage()
    const port = await freePort()
    const run = start(empty, port, {
      DEMO: 'false',
      // Also the folder of files comes with the first of them.
      FILES_PATH: join(empty, 'files'),
    })
    try {
      assert.isTrue(await run.untilServed(), run.output())
      assert.notInclude(run.output(), 'aone-demo')
      const [path] = /\/setup\/[\w-]{22}/.exec(run.output()) ?? []
      assert.exists(path, run.output())
      const base = `http://127.0.0.1:${port}`
      const first = new Visitor(base)
      assert.equal((await first.get('/setup/AAAAAAAAAAAAAAAAAAAAAA')).status, 404)
      assert.equal((await first.get(path!)).status, 200)
      const plan = { center: '海辺市テレワークセンター', display_name: '岸 渚', login: 'kishi' }
      const own = { password: 'umi to yama no aida', again: 'umi to yama no aida' }
      assert.equal(
        (await first.post(path!, { ...plan, password: 'kurz', again: 'kurz' })).status,
        422
      )
      assert.equal((await first.post(path!, { ...plan, ...own })).location, '/')
      assert.equal((await first.get('/')).location, '/start')
      const steps = (await first.get('/start')).text
      assert.include(steps, '発注者を加える')
      assert.lengthOf([...steps.matchAll(/class="state good"/g)], 0)
      await first.post('/organizations', { name: '海辺市 健康課', slug: 'health' })
      assert.lengthOf([...(await first.get('/start')).text.matchAll(/class="state good"/g)], 1)
      for (const { name } of navigation.all())
        assert.equal((await first.get(name)).status, 200, `${name} in an empty installation`)
      assert.notInclude(run.output(), 'a recurring job failed')
      assert.equal((await new Visitor(base).get(path!)).status, 404)
      const again = new Visitor(base)
      await again.get('/login')
      const entered = await again.post('/login', { login: 'kishi', password: own.password })
      assert.equal(entered.location, '/')
    } finally {
      await run.stop('SIGTERM')
      remove(empty)
    }
  }).timeout(120_000)
})
