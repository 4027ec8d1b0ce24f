import env from '#start/env'
import { embeddedDatabaseUrl } from '../bin/setup/database_url.js'

/** Whether a database is running or named: the printing and reading commands also do without. */
export function databaseIsKnown(): boolean {
  return Boolean(env.get('DATABASE_URL') ?? embeddedDatabaseUrl())
}

/** Where PostgreSQL is: `DATABASE_URL`, or the embedded server that `npm start` keeps running. */
export function databaseUrl(): string {
  return env.get('DATABASE_URL') ?? embeddedDatabaseUrl() ?? 'postgres://127.0.0.1:1/not_running'
}
