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
  /** signs that it isn't tried any more but used: where there are some, real data may stand here */
  inUse: ('letterhead' | 'mail' | 'register' | 'many_requests' | 'long_used')[]
  /** requests that were taken in while it was tried */
  submissions: number
}

/** Nobody types in more requests than these to try something. */
const TRIED = 200

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
  const { rows: signs } = await db.rawQuery<{ rows: { sign: Demo['inUse'][number] }[] }>(
    `select sign from (values
       ('letterhead', exists (select 1 from settings where name = 'letterhead.city' and text <> '')),
       ('mail', exists (select 1 from mail_servers where mode <> 'outbox')),
       ('register', (select count(*) > 1 from register_imports where state = 'taken')),
       ('many_requests', :count > ${TRIED}),
       ('long_used', exists (select 1 from submissions s, (select min(created_at) as began from organizations) o
          where s.created_at > o.began + interval '30 days'))
     ) as signs (sign, is_there) where is_there`,
    { count: Number(count) }
  )
  return {
    inUse: signs.map(({ sign }) => sign),
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
