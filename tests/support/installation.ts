import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import app from '@adonisjs/core/services/app'

/** `npm start` in a storage folder of its own; `stop` by signal tells the exit code. */
export function start(storage: string, port: number, environment: Record<string, string> = {}) {
  const child = spawn(process.execPath, [app.makePath('bin/start.js')], {
    cwd: app.makePath(),
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      LANG: 'C',
      STORAGE_PATH: storage,
      PORT: String(port),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      ...environment,
    },
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  // Not when it has exited: what it wrote last may still be on its way.
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    output: () => output,
    ended,
    async untilServed() {
      while (!output.includes('Stop with Ctrl-C') && child.exitCode === null) await sleep(50)
      return child.exitCode === null
    },
    stop(signal: NodeJS.Signals) {
      child.kill(signal)
      return ended
    },
  }
}

export function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

/** Where the account that runs PostgreSQL for root can reach it as well. */
export function emptyStorage(): string {
  const folder = mkdtempSync(join(process.getuid?.() === 0 ? '/var/tmp' : tmpdir(), 'start-'))
  chmodSync(folder, 0o755)
  return folder
}
