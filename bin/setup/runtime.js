import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, RUNTIME } from './paths.js'
import { SetupError, say } from './say.js'

const NEEDED_MAJOR = 24

/** @returns {boolean} whether this process runs on a Node that AdonisJS 7 accepts */
function nodeIsNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR
}

/**
 * Path of a Node 24, fetched from the npm registry when the machine's own is older.
 * The platform's package is asked for directly, so that no install script has to run.
 * @returns {string}
 */
function node24() {
  if (nodeIsNewEnough()) return process.execPath
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  const binary = join(
    RUNTIME,
    'node_modules',
    name,
    'bin',
    platform === 'win' ? 'node.exe' : 'node'
  )
  if (!existsSync(binary)) {
    say(
      `Fetching Node ${NEEDED_MAJOR} (this machine has ${process.versions.node}) …`,
      `Node ${NEEDED_MAJOR} を取り寄せています (この機械のNodeは ${process.versions.node}) …`
    )
    mustBeWritable(ROOT)
    mkdirSync(RUNTIME, { recursive: true })
    const result = runNpm(
      [
        'install',
        '--prefix',
        RUNTIME,
        '--no-save',
        '--no-audit',
        '--no-fund',
        `${name}@^${NEEDED_MAJOR}`,
      ],
      process.execPath
    )
    if (result.status !== 0 || !existsSync(binary)) {
      throw new SetupError(
        `Node ${NEEDED_MAJOR} could not be fetched from the npm registry. Check the network, or install Node ${NEEDED_MAJOR} by hand.`,
        `npmからNode ${NEEDED_MAJOR} を取り寄せられませんでした。ネットワークを確かめるか、Node ${NEEDED_MAJOR} を入れてください。`
      )
    }
  }
  return binary
}

/**
 * Runs npm quietly with the given Node and returns its result.
 * @param {string[]} args
 * @param {string} node
 */
export function runNpm(args, node) {
  const cli = process.env.npm_execpath
  const options = {
    cwd: ROOT,
    encoding: /** @type {const} */ ('utf8'),
    env: { ...process.env, npm_config_update_notifier: 'false' },
  }
  if (cli?.endsWith('.js')) return spawnSync(node, [cli, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

/**
 * On an older Node, runs the script again on Node 24 with the same arguments, passes signals on
 * and exits with its code.
 * @param {string} script absolute path
 * @returns {boolean} true when the caller must do nothing more
 */
export function reexecOnNode24(script) {
  if (nodeIsNewEnough()) return false
  let binary
  try {
    binary = node24()
  } catch (error) {
    console.error(`\n  ✖ ${/** @type {Error} */ (error).message}\n`)
    process.exitCode = 1
    return true
  }
  const child = spawn(binary, [...process.execArgv, script, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${join(binary, '..')}:${process.env.PATH}` },
  })
  for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => child.kill(signal))
  }
  onNpmGone(() => child.kill('SIGTERM'))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal ? 1 : 0)
  })
  return true
}

/**
 * @param {string} folder
 * @throws {SetupError} when nothing can be written there
 */
export function mustBeWritable(folder) {
  try {
    accessSync(folder, constants.W_OK)
  } catch {
    throw new SetupError(
      `The folder ${folder} can't be written to. Clone the project into a folder of your own.`,
      `フォルダー ${folder} に書き込めません。自分のフォルダーにcloneしてください。`
    )
  }
}

/**
 * npm hands a SIGTERM to the shell between it and this process, which ends without handing it on: then this
 * process has another parent.
 * @param {() => void} stop
 */
export function onNpmGone(stop) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    stop()
  }, 250)
  watch.unref()
}
