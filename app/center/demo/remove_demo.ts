import { readFile, rm } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { filesFolder } from '#app/core/disk_check'

/** Whoever has migrated keeps what migrations keep for themselves. */
const MIGRATIONS = ['adonis_schema', 'adonis_schema_versions']
/** Short names of the demo's center, departments and partner. */
const ORGANIZATIONS = ['center', 'health', 'transport', 'welfare', 'donation', 'silver']

export interface Demo {
  /** people and organizations that the demo doesn't have: where there are some, somebody works here */
  strangers: string[]
  /** requests that were taken in while it was tried */
  submissions: number
}

/** Looks whether it is the demo city alone that stands here. */
export async function lookAtDemo(): Promise<Demo> {
  const logins: { login: string }[] = JSON.parse(
    await readFile(app.makePath('database/demo_logins.json'), 'utf8')
  )
  const people: { name: string }[] = await db
    .from('users')
    .whereNotIn(
      'login',
      logins.map(({ login }) => login)
    )
    .select('login as name')
  const organizations: { name: string }[] = await db
    .from('organizations')
    .whereNotIn('slug', ORGANIZATIONS)
    .select('name')
  const [{ count }] = await db.from('submissions').count('* as count')
  return {
    strangers: [...organizations, ...people].map(({ name }) => name),
    submissions: Number(count),
  }
}

/** Empties every table and the folder of files, as the database's owner: what is left is an installation not yet begun. */
export async function removeDemo(): Promise<void> {
  const owner = db.connection('owner')
  const tables: { name: string }[] = await owner
    .from('pg_tables')
    .whereIn('schemaname', ['public', 'queue'])
    .whereNotIn('tablename', [...MIGRATIONS, 'migration'])
    .select(owner.raw(`format('%I.%I', schemaname, tablename) as name`))
  await owner.rawQuery(`truncate ${tables.map(({ name }) => name).join(', ')} restart identity`)
  await rm(filesFolder(), { recursive: true, force: true })
}
