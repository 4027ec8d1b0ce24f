import { createHmac } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { STORAGE } from './paths.js'

/** The file with the port that the supervisor's database listens on, while it runs. */
export const RUNNING_DATABASE = join(STORAGE, 'database.json')

/**
 * The embedded database as its owner: migrations and retention alone.
 * @param {number} port
 * @param {string} password
 */
export function localOwnerUrl(port, password) {
  return `postgres://hashiwatashi:${encodeURIComponent(password)}@127.0.0.1:${port}/hashiwatashi`
}

/**
 * The embedded database as the application: it may add to the history of events, and change or remove nothing there.
 * @param {number} port
 * @param {string} password the owner's; the application's own is made from it
 */
export function localDatabaseUrl(port, password) {
  const own = createHmac('sha256', password).update('hashiwatashi_app').digest('base64url')
  return `postgres://hashiwatashi_app:${own}@127.0.0.1:${port}/hashiwatashi`
}

/**
 * The address of the embedded database, when the supervisor of this folder keeps one running.
 * @param {(port: number, password: string) => string} [as]
 * @returns {string | undefined}
 */
export function embeddedDatabaseUrl(as = localDatabaseUrl) {
  const password = process.env.EMBEDDED_DB_PASSWORD
  if (!password || !existsSync(RUNNING_DATABASE)) return undefined
  return as(JSON.parse(readFileSync(RUNNING_DATABASE, 'utf8')).port, password)
}
