import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startProgram } from './processes.js'

/**
 * @typedef {{ passed: number, failed: number, reasons: string[] }} Outcome
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 */

/**
 * Runs the tests in several processes at once, each on a copy of the prepared database and files. A group of tests is
 * run by the process that comes to it first (tests/support/shards.ts).
 * @param {object} options
 * @param {number} options.count
 * @param {string[]} options.args for the test runner
 * @param {import('./database.js').RunningDatabase} options.database prepared; nobody may be connected to it
 * @param {string} options.files folder of its files
 * @param {string} options.work folder that is made for what the processes write, and removed
 * @param {(child: ChildProcess) => void} options.onStart
 * @returns {Promise<Outcome>}
 */
export async function runShards({ count, args, database, files, work, onStart }) {
  rmSync(work, { recursive: true, force: true })
  mkdirSync(join(work, 'claims'), { recursive: true, mode: 0o755 })
  try {
    const names = Array.from({ length: count }, (_, number) => `shard_${number}`)
    await copyDatabase(database.ownerUrl, names)
    const outcomes = await Promise.all(
      names.map(async (name) => {
        const folder = join(work, name)
        mkdirSync(folder, { mode: 0o755 })
        if (existsSync(files)) cpSync(files, join(folder, 'files'), { recursive: true })
        const outcome = join(folder, 'outcome.json')
        const child = startProgram('bin/test.ts', args, [], {
          DATABASE_URL: inDatabase(database.url, name),
          DATABASE_OWNER_URL: inDatabase(database.ownerUrl, name),
          FILES_PATH: join(folder, 'files'),
          BACKUP_PATH: join(folder, 'backups'),
          TEST_OUTCOME: outcome,
          ...(count > 1 ? { TEST_CLAIMS: join(work, 'claims') } : {}),
        })
        onStart(child)
        const [code] = await once(child, 'exit')
        return readOutcome(outcome, code)
      })
    )
    return {
      passed: outcomes.reduce((sum, one) => sum + one.passed, 0),
      failed: outcomes.reduce((sum, one) => sum + one.failed, 0),
      reasons: outcomes.flatMap((one) => one.reasons),
    }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/**
 * Reads what a process wrote; one that ended badly without a failed test has failed once itself.
 * @param {string} file
 * @param {number | null} code
 * @returns {Outcome}
 */
function readOutcome(file, code) {
  /** @type {Outcome} */
  const outcome = existsSync(file)
    ? JSON.parse(readFileSync(file, 'utf8'))
    : { passed: 0, failed: 0, reasons: [] }
  if (code === 0 || outcome.failed > 0) return outcome
  return { ...outcome, failed: 1, reasons: [`The test process ended with ${code}.`] }
}

/**
 * @param {string} ownerUrl
 * @param {string[]} names
 */
async function copyDatabase(ownerUrl, names) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: inDatabase(ownerUrl, 'postgres') })
  await client.connect()
  try {
    const template = pg.escapeIdentifier(new URL(ownerUrl).pathname.slice(1))
    for (const name of names) await client.query(`create database ${name} template ${template}`)
  } finally {
    await client.end()
  }
}

/**
 * @param {string} url
 * @param {string} name
 */
function inDatabase(url, name) {
  return Object.assign(new URL(url), { pathname: `/${name}` }).href
}
