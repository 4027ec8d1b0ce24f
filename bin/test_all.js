/**
 * `npm test`: the same set-up as `npm start`, on a database and a file folder of its own, then all suites.
 * Arguments are handed on to the test runner: `npm test -- functional --files="keying/*"`.
 */
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { installDependencies } from './setup/dependencies.js'
import { freshSecret, freshSettings } from './setup/environment.js'
import { STORAGE } from './setup/paths.js'
import { onNpmGone, reexecOnNode24 } from './setup/runtime.js'
import { SetupError, runMain, say } from './setup/say.js'

const CLUSTER = 'test-database'
const STOP_WITHIN_MS = 10_000
const SUITES = ['unit', 'functional', 'browser']

if (!reexecOnNode24(process.argv[1])) await runMain(test)

async function test() {
  installDependencies()
  const { startDatabase, removeCluster } = await import('./setup/database.js')
  const { buildAssets } = await import('./setup/assets.js')
  const { chromiumStarts, CHROMIUM_PACKAGES } = await import('./setup/chromium.js')
  const { runProgram, startProgram } = await import('./setup/processes.js')

  const outcome = join(STORAGE, 'test-outcome.json')
  const files = join(STORAGE, 'test-files')
  mkdirSync(STORAGE, { recursive: true, mode: 0o755 })
  removeCluster(CLUSTER)
  rmSync(files, { recursive: true, force: true })
  rmSync(outcome, { force: true })
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let runner
  let stopping = false
  const interrupt = () => {
    stopping = true
    runner?.kill('SIGTERM')
    // One that hangs in the middle of a test.
    setTimeout(() => runner?.kill('SIGKILL'), STOP_WITHIN_MS).unref()
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, interrupt)
  onNpmGone(interrupt)
  await buildAssets()
  const database = await startDatabase({
    name: CLUSTER,
    password: freshSecret(),
    settings: ['fsync=off'],
  })
  Object.assign(process.env, freshSettings(), {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
    PORT: '0',
    TZ: 'Asia/Tokyo',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    FILES_PATH: files,
    TEST_OUTCOME: outcome,
  })
  try {
    const asked = process.argv.slice(2)
    const suites = SUITES.filter((suite) => asked.includes(suite))
    const wanted = suites.length > 0 ? suites : SUITES
    const browser = !wanted.includes('browser') || (await chromiumStarts())
    const runnable = wanted.filter((suite) => suite !== 'browser' || browser)
    if (stopping) throw new SetupError('Stopped.', '止めました。')
    await runProgram('bin/prepare.ts', ['--without-samples'])
    runner = startProgram('bin/test.ts', [
      ...runnable,
      ...asked.filter((one) => !SUITES.includes(one)),
    ])
    const [code] = await once(runner, 'exit')
    const { passed, failed, reasons } = existsSync(outcome)
      ? JSON.parse(readFileSync(outcome, 'utf8'))
      : { passed: 0, failed: 1, reasons: [] }
    for (const reason of reasons) console.log(`\n✖ ${reason}`)
    if (!browser) {
      say(
        `The browser tests did not run: no Chromium starts here. Install: apt-get install ${CHROMIUM_PACKAGES}`,
        `ブラウザーのテストは動きませんでした。Chromiumを入れてください: apt-get install ${CHROMIUM_PACKAGES}`
      )
    }
    const failures = failed + (browser ? 0 : 1) + (code !== 0 && failed === 0 ? 1 : 0)
    console.log(`\n${passed} passed, ${failures} failed`)
    if (failures > 0) process.exitCode = 1
    if (passed === 0 && !stopping)
      throw new SetupError('No test ran.', 'テストが1つも動きませんでした。')
  } finally {
    await database.stop()
    removeCluster(CLUSTER)
    rmSync(files, { recursive: true, force: true })
  }
}
