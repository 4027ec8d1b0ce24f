import { once } from 'node:events'
import { spawnSync, type ChildProcess } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProgram } from '../../bin/setup/processes.js'
import db from '@adonisjs/lucid/services/db'

/** A real worker in a process of its own, on the tests' database. */
export class WorkerProcess {
  readonly #child: ChildProcess

  constructor(environment: Record<string, string> = {}) {
    this.#child = startProgram(
      'bin/worker.ts',
      [],
      ['--import=./tests/support/die_after_commit.ts'],
      environment
    )
  }

  /** No file that it writes from now on can be larger (bytes): as if the disk were full. */
  limitFiles(bytes: number | 'unlimited'): void {
    const { status } = spawnSync('prlimit', [
      `--pid=${this.#child.pid}`,
      `--fsize=${bytes}:unlimited`,
    ])
    if (status !== 0) throw new Error('prlimit did not work')
  }

  /** Tells how it ended; waits for it. @throws when it is still alive after `seconds` */
  async ended(seconds = 240): Promise<NodeJS.Signals | number | null> {
    if (this.isRunning)
      await once(this.#child, 'exit', { signal: AbortSignal.timeout(seconds * 1000) })
    return this.#child.signalCode ?? this.#child.exitCode
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  async stop(): Promise<void> {
    if (this.isRunning) this.#child.kill('SIGKILL')
    await this.ended()
  }
}

/** Waits until a condition holds. @throws after `seconds` */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  seconds = 240
): Promise<void> {
  for (const start = Date.now(); Date.now() - start < seconds * 1000; await sleep(100)) {
    if (await holds()) return
  }
  throw new Error(`Not within ${seconds} s: ${what}`)
}

/** Time passes for the database: wake-ups that were lost are overdue, claims of dead workers have run
 * out, what was saved can't be taken back. */
export async function timePasses(): Promise<void> {
  await db
    .from('assignments')
    .whereNotNull('final_at')
    .update({ final_at: db.raw("now() - interval '1 minute'") })
  await db.from('wakes').update({ at: db.raw("now() - interval '1 minute'") })
  for (const table of ['scans', 'pages', 'mailings'])
    await db.from(table).update({ claimed_until: null })
}
