import env from '#start/env'
import { embeddedDatabaseUrl, localOwnerUrl } from '../bin/setup/database_url.js'

/** Whether a database is running or named: the printing and reading commands also do without. */
export function databaseIsKnown(): boolean {
  return Boolean(env.get('DATABASE_URL') ?? embeddedDatabaseUrl())
}

/** The same as its owner, who alone may remove history; undefined where the application is its owner itself. */
export function ownerUrl(): string | undefined {
  return (
    env.get('DATABASE_OWNER_URL') ??
    (env.get('DATABASE_URL') ? undefined : embeddedDatabaseUrl(localOwnerUrl))
  )
}

/** Finds PostgreSQL: `DATABASE_URL`, or the embedded server that `npm start` keeps running. */
export function databaseUrl(): string {
  return env.get('DATABASE_URL') ?? embeddedDatabaseUrl() ?? 'postgres://127.0.0.1:1/not_running'
}
