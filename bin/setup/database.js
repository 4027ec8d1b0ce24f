import { spawn } from 'node:child_process'
import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { databaseAccount, databaseFolders } from './database_files.js'
import { localDatabaseUrl, localOwnerUrl } from './database_url.js'
import { SetupError, say } from './say.js'

const MAJOR = '18'
const READY_WITHIN_MS = 60_000
const AGAIN_AFTER_MS = 500
const RESTARTS = 10

/**
 * @typedef {object} RunningDatabase
 * @property {string} url address with password, as the application
 * @property {string} ownerUrl the same as the owner
 * @property {number} port
 * @property {boolean} fresh whether the cluster was made just now
 * @property {Promise<SetupError>} lost settles, with the reason, when it ended by itself and can't be started again
 * @property {() => Promise<void>} stop ends it cleanly; may be called twice
 */

/**
 * Starts the embedded PostgreSQL on 127.0.0.1 and a free port, with a cluster of its own. When it dies it is started
 * again at the same place, until it is stopped.
 * @param {{ name: string, password: string, settings?: string[] }} options `name` is the cluster's folder below storage/
 * @returns {Promise<RunningDatabase>}
 * @throws {SetupError}
 */
export async function startDatabase({ name, password, settings = [] }) {
  const account = databaseAccount()
  const { binaries, base } = databaseFolders(name, account)
  const data = join(base, 'data')
  const fresh = !existsSync(join(data, 'PG_VERSION'))
  if (fresh) await initialize(binaries, base, data, password, account)
  assertSameMajor(data)
  await stopLeftover(data)

  const port = await freePort()
  const start = async () => {
    const started = launch(binaries, data, port, settings, account)
    await waitUntilReady(started, data, base)
    return started
  }
  let server = await start()
  await createOwnDatabase(port, password)
  /** @type {Promise<void> | undefined} */
  let stopping
  /** @type {(error: SetupError) => void} */
  let giveUp
  const lost = new Promise((/** @type {(error: SetupError) => void} */ resolve) => {
    giveUp = resolve
  })
  const keep = () =>
    server.once('exit', async (code, signal) => {
      if (stopping) return
      say(
        `The database stopped (${signal ?? code}); starting it again.`,
        `データベースが止まりました (${signal ?? code})。もう一度起動します。`
      )
      try {
        server = await again(data, start, () => stopping !== undefined)
        if (!stopping) keep()
        else await stop(server)
      } catch (error) {
        giveUp(/** @type {SetupError} */ (error))
      }
    })
  keep()
  return {
    url: localDatabaseUrl(port, password),
    ownerUrl: localOwnerUrl(port, password),
    port,
    fresh,
    lost,
    stop: () => (stopping ??= stop(server)),
  }
}

/**
 * Starts a server that died once more. What it left behind (its own children, which still hold its memory) may take
 * a while to go.
 * @param {string} data
 * @param {() => Promise<import('node:child_process').ChildProcess>} start
 * @param {() => boolean} isStopping
 * @throws {SetupError} when it doesn't start any more
 */
async function again(data, start, isStopping) {
  for (let attempt = 1; ; attempt++) {
    await sleep(AGAIN_AFTER_MS)
    try {
      await stopLeftover(data)
      return await start()
    } catch (error) {
      if (attempt === RESTARTS || isStopping()) throw error
    }
  }
}

/** Removes a cluster for good (the tests' own). @param {string} name */
export function removeCluster(name) {
  const account = databaseAccount()
  const { base } = databaseFolders(name, account)
  const pid = postmasterPid(join(base, 'data'))
  if (pid && isPostgres(pid)) process.kill(pid, 'SIGQUIT')
  rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

/**
 * @param {string} binaries
 * @param {string} base
 * @param {string} data
 * @param {string} password
 * @param {{ uid: number, gid: number } | undefined} account
 */
async function initialize(binaries, base, data, password, account) {
  say('Making the database …', 'データベースを作っています …')
  const passwordFile = join(base, '.password')
  const unfinished = `${data}.new`
  rmSync(unfinished, { recursive: true, force: true })
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account) chownSync(passwordFile, account.uid, account.gid)
  try {
    await run(
      join(binaries, 'initdb'),
      [
        ...[
          '-D',
          unfinished,
          '-U',
          'hashiwatashi',
          `--pwfile=${passwordFile}`,
          '--auth=scram-sha-256',
        ],
        // pg_trgm finds nothing in Japanese text unless the character type is a UTF-8 one.
        ...['--encoding=UTF8', '--locale=C', '--lc-ctype=C.UTF-8', '--no-instructions'],
      ],
      { cwd: base, ...account }
    )
  } finally {
    unlinkSync(passwordFile)
  }
  renameSync(unfinished, data)
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
function run(program, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...options,
      env: serverEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let errors = ''
    child.stderr?.on('data', (chunk) => (errors += chunk))
    child.on('error', (error) => reject(cannotStart(error.message)))
    child.on('exit', (code) => (code === 0 ? resolve(undefined) : reject(cannotStart(errors))))
  })
}

/** @param {string} data */
function assertSameMajor(data) {
  const found = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim()
  if (found === MAJOR) return
  throw new SetupError(
    `The database in ${data} was made by PostgreSQL ${found}; this program brings ${MAJOR}. Move it with pg_upgrade, or set DATABASE_URL.`,
    `${data} はPostgreSQL ${found} で作られました。このプログラムのものは ${MAJOR} です。pg_upgradeで移すか、DATABASE_URLを使ってください。`
  )
}

/** A server that outlived its supervisor is stopped; a stale pid file is removed. @param {string} data */
async function stopLeftover(data) {
  const pid = postmasterPid(data)
  if (pid === null) return
  for (let attempt = 0; isPostgres(pid); attempt++) {
    if (attempt === 0) process.kill(pid, 'SIGINT')
    if (attempt > 100) throw cannotStart(`an older server (pid ${pid}) does not stop`)
    await sleep(100)
  }
  rmSync(join(data, 'postmaster.pid'), { force: true })
}

/** @param {string} data */
function postmasterPid(data) {
  const file = join(data, 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null
}

/** @param {number} pid */
function isPostgres(pid) {
  try {
    process.kill(pid, 0)
    if (process.platform !== 'linux') return true
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return /^Name:\s+postgres/m.test(status) && !/^State:\s+Z/m.test(status)
  } catch {
    return false
  }
}

/** @returns {Promise<number>} a port on 127.0.0.1 that is free now */
function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

/**
 * @param {string} binaries
 * @param {string} data
 * @param {number} port
 * @param {string[]} settings
 * @param {{ uid: number, gid: number } | undefined} account
 */
function launch(binaries, data, port, settings, account) {
  const log = openSync(join(data, '../server.log'), 'a', 0o600)
  const child = spawn(
    join(binaries, 'postgres'),
    [
      '-D',
      data,
      '-p',
      String(port),
      ...[
        'listen_addresses=127.0.0.1',
        'unix_socket_directories=',
        'max_connections=60',
        ...settings,
      ].flatMap((setting) => ['-c', setting]),
    ],
    // Detached: Ctrl-C reaches the whole terminal group, but the database must outlive those who use it.
    {
      cwd: data,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', 'ignore', log],
      ...account,
    }
  )
  closeSync(log)
  return child
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @param {string} data
 * @param {string} base
 */
async function waitUntilReady(server, data, base) {
  let failure = ''
  server.once('error', (error) => (failure = error.message))
  server.once('exit', () => (failure ||= lastLogLines(base)))
  for (const start = Date.now(); Date.now() - start < READY_WITHIN_MS;) {
    if (failure) throw cannotStart(failure)
    const file = join(data, 'postmaster.pid')
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (Number(lines[0]) === server.pid && lines[7]?.trim() === 'ready') return
    await sleep(20)
  }
  throw cannotStart('not ready after a minute')
}

/** @param {string} base */
function lastLogLines(base) {
  const log = join(base, 'server.log')
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').slice(-3).join(' ') : ''
}

/**
 * @param {number} port
 * @param {string} password
 */
async function createOwnDatabase(port, password) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'hashiwatashi',
    password,
    database: 'postgres',
  })
  try {
    await client.connect()
    const found = await client.query("select 1 from pg_database where datname = 'hashiwatashi'")
    if (found.rowCount === 0) await client.query('create database hashiwatashi')
  } catch (error) {
    throw cannotStart(/** @type {Error} */ (error).message)
  } finally {
    await client.end().catch(() => {})
  }
}

/** SIGINT is PostgreSQL's fast shutdown. @param {import('node:child_process').ChildProcess} server */
async function stop(server) {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGINT')
  await gone
}

function serverEnvironment() {
  return { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' }
}

/** @param {string} why */
function cannotStart(why) {
  const reason = why.trim().replace(/\s+/g, ' ')
  return new SetupError(
    `The database can't start: ${reason}`,
    `データベースを起動できません: ${reason}`
  )
}
