/**
 * `npm test`: the same set-up as `npm start`, on a database and a file folder of its own, then all suites.
 * Arguments are handed on to the test runner: `npm test -- functional --files="keying/*"`.
 *
 * TEST_SHUFFLE=number  the groups of tests in another order, the same one for the same number
 * TEST_AT=2028-02-29T03:00+09:00  everything as if it were that moment
 */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { installDependencies } from './setup/dependencies.js'
import { freshSecret, freshSettings } from './setup/environment.js'
import { STORAGE } from './setup/paths.js'
import { onNpmGone, reexecOnNode24 } from './setup/runtime.js'
import { SetupError, runMain, say } from './setup/say.js'

const CLUSTER = 'test-database'
const STOP_WITHIN_MS = 10_000
const SUITES = ['unit', 'functional', 'browser']
/** Takes the pictures of docs/screens.md; runs only where it is asked for. */
const PICTURES = 'pictures'
/** The number of processes that run the tests; what is asked for by name runs in one, in the order of its files. */
const SHARDS = 2

if (!reexecOnNode24(process.argv[1])) await runMain(test)

async function test() {
  installDependencies()
  const { startDatabase, removeCluster } = await import('./setup/database.js')
  const { buildAssets } = await import('./setup/assets.js')
  const { chromiumStarts, CHROMIUM_PACKAGES } = await import('./setup/chromium.js')
  const { runProgram } = await import('./setup/processes.js')
  const { runShards } = await import('./setup/test_shards.js')

  const files = join(STORAGE, 'test-files')
  mkdirSync(STORAGE, { recursive: true, mode: 0o755 })
  removeCluster(CLUSTER)
  rmSync(files, { recursive: true, force: true })
  /** @type {import('node:child_process').ChildProcess[]} */
  const runners = []
  let stopping = false
  const interrupt = () => {
    stopping = true
    for (const runner of runners) {
      runner.kill('SIGTERM')
      // One that hangs in the middle of a test.
      setTimeout(() => runner.kill('SIGKILL'), STOP_WITHIN_MS).unref()
    }
  }
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, interrupt)
  onNpmGone(interrupt)
  await buildAssets()
  const database = await startDatabase({
    name: CLUSTER,
    password: freshSecret(),
    settings: ['fsync=off', 'max_connections=120'],
  })
  Object.assign(process.env, freshSettings(), {
    NODE_ENV: 'test',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'fatal',
    PORT: '0',
    TZ: 'Asia/Tokyo',
    DATABASE_URL: database.url,
    DATABASE_OWNER_URL: database.ownerUrl,
    FILES_PATH: files,
    CLOCK_SHIFT_MS: String(process.env.TEST_AT ? Date.parse(process.env.TEST_AT) - Date.now() : 0),
  })
  try {
    const asked = process.argv.slice(2)
    const suites = [...SUITES, PICTURES].filter((suite) => asked.includes(suite))
    const wanted = suites.length > 0 ? suites : SUITES
    const browser = !wanted.includes('browser') || (await chromiumStarts())
    const runnable = wanted.filter((suite) => suite !== 'browser' || browser)
    if (stopping) throw new SetupError('Stopped.', '止めました。')
    await runProgram('bin/prepare.ts', ['--without-samples'])
    const filters = asked.filter((one) => ![...SUITES, PICTURES].includes(one))
    const { passed, failed, reasons } = await runShards({
      count: filters.length > 0 ? 1 : SHARDS,
      args: [...runnable, ...filters],
      database,
      files,
      work: join(STORAGE, 'test-shards'),
      onStart: (runner) => runners.push(runner),
    })
    for (const reason of reasons) console.log(`\n✖ ${reason}`)
    if (!browser) {
      say(
        `The browser tests did not run: no Chromium starts here. Install: apt-get install ${CHROMIUM_PACKAGES}`,
        `ブラウザーのテストは動きませんでした。Chromiumを入れてください: apt-get install ${CHROMIUM_PACKAGES}`
      )
    }
    const failures = failed + (browser ? 0 : 1)
    console.log(`\n${passed} passed, ${failures} failed`)
    if (failures > 0) process.exitCode = 1
    if (passed + failed === 0 && !stopping)
      throw new SetupError('No test ran.', 'テストが1つも動きませんでした。')
  } finally {
    await database.stop()
    removeCluster(CLUSTER)
    rmSync(files, { recursive: true, force: true })
  }
}
