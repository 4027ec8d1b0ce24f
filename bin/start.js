/**
 * `npm start`: everything that a bare clone needs, then web and worker under supervision.
 * Plain JavaScript for Node 20, because it runs before anything is installed.
 */
import { createConnection } from 'node:net'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createEnvironmentFile, loadEnvironment } from './setup/environment.js'
import { installDependencies } from './setup/dependencies.js'
import { RUNNING_DATABASE } from './setup/database_url.js'
import { STORAGE, ROOT } from './setup/paths.js'
import { mustBeWritable, onNpmGone, reexecOnNode24 } from './setup/runtime.js'
import { setupCode } from './setup/setup_code.js'
import { SetupError, inYourLanguage, runMain, say } from './setup/say.js'

const PID_FILE = join(STORAGE, 'supervisor.pid')

if (!reexecOnNode24(process.argv[1])) await runMain(start)

async function start() {
  console.log(`\n  ${inYourLanguage('Hashiwatashi', '橋渡し')}\n`)
  mustBeWritable(ROOT)
  mkdirSync(STORAGE, { recursive: true, mode: 0o755 })
  createEnvironmentFile()
  loadEnvironment()
  claimFolder()
  const stopped = stopOnSignal()
  try {
    await assertPortFree()
    installDependencies()
    await serve(stopped)
  } finally {
    rmSync(PID_FILE, { force: true })
  }
}

/** @param {Promise<void>} stopped settles when a signal asks to stop */
async function serve(stopped) {
  const { startDatabase } = await import('./setup/database.js')
  const { buildAssets } = await import('./setup/assets.js')
  const { KeptProgram, runProgram } = await import('./setup/processes.js')

  const database = process.env.DATABASE_URL
    ? undefined
    : await startDatabase({ name: 'database', password: process.env.EMBEDDED_DB_PASSWORD ?? '' })
  /** @type {InstanceType<typeof KeptProgram>[]} */
  const programs = []
  try {
    if (database) {
      process.env.DATABASE_URL = database.url
      process.env.DATABASE_OWNER_URL = database.ownerUrl
      writeFileSync(RUNNING_DATABASE, JSON.stringify({ port: database.port }), { mode: 0o600 })
    }
    await buildAssets()
    if (database?.fresh && process.env.DEMO !== 'false')
      say('Filling in the demo city and sample scans …', 'デモの市と見本のスキャンを作っています …')
    if (!process.env.DATABASE_OWNER_URL)
      say(
        'Whoever runs this program can change the history of events: set DATABASE_OWNER_URL (docs/operations.md).',
        'このプログラムからイベントの履歴を書きかえられます。DATABASE_OWNER_URL を設定してください (docs/operations.md)。'
      )
    await runProgram('bin/prepare.ts')
    // Only who migrates is the owner: web and worker are not.
    delete process.env.DATABASE_OWNER_URL
    delete process.env.EMBEDDED_DB_PASSWORD
    // Small heaps are tidied sooner: pictures pass through by the dozen megabytes.
    const frugal = ['--max-semi-space-size=4', '--max-old-space-size=320']
    const web = new KeptProgram('web', 'bin/server.ts', frugal)
    programs.push(web, new KeptProgram('worker', 'bin/worker.ts', frugal))
    // It says so itself: whoever answers on the port may be another program that has just taken it.
    await Promise.race([web.served, stopped])
    if (process.exitCode === undefined) await welcome()
    const lost = await Promise.race([stopped, ...(database ? [database.lost] : [])])
    say('Stopping …', '止めています …')
    if (lost) throw lost
  } finally {
    await Promise.all(programs.map((program) => program.stop()))
    await database?.stop()
    rmSync(RUNNING_DATABASE, { force: true })
  }
}

/** One supervisor a folder: two would stop each other's database. */
function claimFolder() {
  if (existsSync(PID_FILE)) {
    const pid = Number(readFileSync(PID_FILE, 'utf8'))
    if (pid !== process.pid && isSupervisor(pid)) {
      throw new SetupError(
        `It is running already (pid ${pid}): ${address()}`,
        `もう動いています (pid ${pid}): ${address()}`
      )
    }
  }
  writeFileSync(PID_FILE, String(process.pid))
}

/** @param {number} pid */
function isSupervisor(pid) {
  try {
    process.kill(pid, 0)
    return (
      process.platform !== 'linux' ||
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.js')
    )
  } catch {
    return false
  }
}

/** Settles at the first SIGINT, SIGTERM or SIGHUP; further ones change nothing. */
function stopOnSignal() {
  return new Promise((/** @type {(value: void) => void} */ resolve) => {
    const stop = () => {
      process.exitCode = 0
      resolve()
    }
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, stop)
    onNpmGone(stop)
  })
}

function address() {
  return `http://${process.env.HOST}:${process.env.PORT}`
}

/** @returns {Promise<boolean>} whether somebody listens on our port */
function portAnswers() {
  return new Promise((resolve) => {
    const socket = createConnection({ host: process.env.HOST, port: Number(process.env.PORT) })
    socket.once('connect', () => resolve((socket.destroy(), true)))
    socket.once('error', () => resolve(false))
  })
}

async function assertPortFree() {
  if (!(await portAnswers())) return
  throw new SetupError(
    `Port ${process.env.PORT} is used by another program. Choose another one: PORT=3434 npm start`,
    `ポート ${process.env.PORT} は別のプログラムが使っています。別の番号で起動してください: PORT=3434 npm start`
  )
}

async function welcome() {
  if (process.env.DEMO === 'false') return welcomeToReal()
  const logins = await demoLogins()
  console.log(`\n  ${inYourLanguage('Open', '開いてください')}: ${address()}\n`)
  say('Demo logins (password: aone-demo):', 'デモのログイン (パスワード: aone-demo):')
  for (const { login, en, ja } of logins)
    console.log(`    ${login.padEnd(12)} ${inYourLanguage(en, ja)}`)
  console.log()
  say(
    'Sample scans to drop on the intake page: resources/samples/',
    '受け入れの画面に置く見本: resources/samples/'
  )
  console.log(`\n  ${inYourLanguage('Stop with Ctrl-C.', 'Ctrl-C で止まります。')}\n`)
}

/**
 * The demo's logins that are there: a demo of an earlier version has fewer. Where nobody can be asked, all.
 * @returns {Promise<{ login: string, en: string, ja: string }[]>}
 */
async function demoLogins() {
  const all = JSON.parse(readFileSync(join(ROOT, 'database/demo_logins.json'), 'utf8'))
  const { default: pg } = await import('pg')
  const client = new pg.Client(process.env.DATABASE_URL)
  try {
    await client.connect()
    const { rows } = await client.query('select login from users where left_at is null')
    const known = new Set(rows.map(({ login }) => login))
    return all.filter((/** @type {{ login: string }} */ { login }) => known.has(login))
  } catch {
    return all
  } finally {
    await client.end().catch(() => {})
  }
}

/** An installation that isn't the demo: as long as nobody can log in, where it is begun. */
async function welcomeToReal() {
  console.log(`\n  ${inYourLanguage('Open', '開いてください')}: ${address()}\n`)
  const begin = `${address()}/setup/${setupCode(process.env.APP_KEY ?? '')}`
  const answer = await fetch(begin, { signal: AbortSignal.timeout(5_000) }).catch(() => null)
  if (answer?.ok) {
    say(
      'Nobody can log in yet. Open this address, once, to make the first administrator:',
      'まだだれもログインできません。次のアドレスを一度だけ開いて、はじめの管理者を決めてください:'
    )
    console.log(`\n    ${begin}\n`)
  }
  console.log(`\n  ${inYourLanguage('Stop with Ctrl-C.', 'Ctrl-C で止まります。')}\n`)
}
