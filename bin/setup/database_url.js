import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { STORAGE } from './paths.js'

/** Where the supervisor writes which port its database listens on, while it runs. */
export const RUNNING_DATABASE = join(STORAGE, 'database.json')

/**
 * @param {number} port
 * @param {string} password
 */
export function localDatabaseUrl(port, password) {
  return `postgres://hashiwatashi:${encodeURIComponent(password)}@127.0.0.1:${port}/hashiwatashi`
}

/**
 * The address of the embedded database, when the supervisor of this folder keeps one running.
 * @returns {string | undefined}
 */
export function embeddedDatabaseUrl() {
  const password = process.env.EMBEDDED_DB_PASSWORD
  if (!password || !existsSync(RUNNING_DATABASE)) return undefined
  return localDatabaseUrl(JSON.parse(readFileSync(RUNNING_DATABASE, 'utf8')).port, password)
}
