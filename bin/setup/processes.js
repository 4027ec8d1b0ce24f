import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT, STORAGE } from './paths.js'
import { SetupError, say } from './say.js'

const STOP_WITHIN_MS = 15_000
const RESTART_AFTER_MS = 1_000

/**
 * Runs a TypeScript program of this project to its end.
 * @param {string} program path from the project's folder
 * @param {string[]} [args]
 * @throws {SetupError} when it fails
 */
export async function runProgram(program, args = []) {
  const child = startProgram(program, args)
  const [code] = await once(child, 'exit')
  if (code !== 0)
    throw new SetupError(
      `${program} failed (see above).`,
      `${program} が失敗しました(上を見てください)。`
    )
}

/**
 * @param {string} program
 * @param {string[]} [args]
 * @param {string[]} [nodeOptions]
 * @param {Record<string, string>} [environment] what it finds besides this process's own
 */
export function startProgram(program, args = [], nodeOptions = [], environment = {}) {
  return spawn(
    process.execPath,
    ['--import=@poppinss/ts-exec', '--no-warnings', ...nodeOptions, join(ROOT, program), ...args],
    {
      cwd: ROOT,
      // Over the channel a child notices when its supervisor is gone, and ends as well.
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env: {
        // Few memory arenas: picture work in threads would keep one each.
        MALLOC_ARENA_MAX: '2',
        // What was compiled at the start before isn't compiled again.
        NODE_COMPILE_CACHE: join(STORAGE, 'compiled'),
        ...process.env,
        ...environment,
      },
      // Signals reach the supervisor alone; it decides in which order its children stop.
      detached: process.platform !== 'win32',
    }
  )
}

/** Keeps a program running: when it dies it is started again, until it is stopped. */
export class KeptProgram {
  /** @type {import('node:child_process').ChildProcess} */
  #child
  #stopping = false
  /** @type {() => void} */
  #served = () => {}
  /** Settles when a web server that it runs listens on its port; never for what serves nothing. */
  served = new Promise((/** @type {(value: void) => void} */ resolve) => (this.#served = resolve))

  /**
   * @param {string} name
   * @param {string} program
   * @param {string[]} [nodeOptions]
   */
  constructor(name, program, nodeOptions = []) {
    this.name = name
    this.program = program
    this.nodeOptions = nodeOptions
    this.#child = this.#launch()
  }

  get pid() {
    return this.#child.pid
  }

  #launch() {
    const child = startProgram(this.program, [], this.nodeOptions)
    child.on('message', (message) => {
      if (typeof message === 'object' && 'isAdonisJS' in message) this.#served()
    })
    child.once('exit', async (code, signal) => {
      if (this.#stopping) return
      say(
        `${this.name} stopped (${signal ?? code}); starting it again.`,
        `${this.name} が止まりました (${signal ?? code})。もう一度起動します。`
      )
      await sleep(RESTART_AFTER_MS)
      if (!this.#stopping) this.#child = this.#launch()
    })
    return child
  }

  /** Asks it to stop; after a while insists. */
  async stop() {
    this.#stopping = true
    const child = this.#child
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
    await gone
    clearTimeout(patience)
  }
}
