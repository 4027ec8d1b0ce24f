/**
 * `npm run bench [-- footprint path]`: measures the product as it runs, on an installation of its own
 * (storage/bench), beside what somebody would use instead. Prints JSON lines.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { installDependencies } from './setup/dependencies.js'
import { createEnvironmentFile, loadEnvironment } from './setup/environment.js'
import { ROOT } from './setup/paths.js'
import { reexecOnNode24 } from './setup/runtime.js'
import { SetupError, runMain } from './setup/say.js'

const STORAGE = join(ROOT, 'storage/bench')
const PORT = '3399'
const START_WITHIN_MS = 120_000

if (!reexecOnNode24(process.argv[1])) await runMain(bench)

async function bench() {
  installDependencies()
  createEnvironmentFile()
  // Whatever the settings of this installation say, its own data are left alone.
  Object.assign(process.env, {
    STORAGE_PATH: STORAGE,
    FILES_PATH: join(STORAGE, 'files'),
    DATABASE_URL: '',
    PORT,
    LOG_LEVEL: 'error',
  })
  loadEnvironment()
  rmSync(STORAGE, { recursive: true, force: true })
  const cold = await startInstallation()
  await cold.stop()
  const warm = await startInstallation()
  try {
    const { port } = JSON.parse(readFileSync(join(STORAGE, 'database.json'), 'utf8'))
    const { localDatabaseUrl, localOwnerUrl } = await import('./setup/database_url.js')
    const password = process.env.EMBEDDED_DB_PASSWORD ?? ''
    process.env.DATABASE_URL = localDatabaseUrl(port, password)
    process.env.DATABASE_OWNER_URL = localOwnerUrl(port, password)
    process.env.WARM_START_S = String(warm.seconds)
    const { runProgram } = await import('./setup/processes.js')
    await runProgram('bin/run_bench.ts', process.argv.slice(2))
  } finally {
    await warm.stop()
  }
}

/** Starts everything as `npm start` does; how long until the first page is served. */
async function startInstallation() {
  const began = performance.now()
  const child = spawn(process.execPath, [join(ROOT, 'bin/start.js')], {
    cwd: ROOT,
    stdio: 'ignore',
    env: process.env,
  })
  while (!(await answers())) {
    if (child.exitCode !== null || performance.now() - began > START_WITHIN_MS) {
      throw new SetupError(
        'The installation to be measured did not start.',
        '測る対象が起動しませんでした。'
      )
    }
    await sleep(50)
  }
  const seconds = (performance.now() - began) / 1000
  while (!existsSync(join(STORAGE, 'database.json'))) await sleep(50)
  return {
    seconds,
    async stop() {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** @returns {Promise<boolean>} */
function answers() {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(PORT) })
    socket.once('connect', () => resolve((socket.destroy(), true)))
    socket.once('error', () => resolve(false))
  })
}
