import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import pg from 'pg'

/** History: added to, and never changed. Only the owner removes whole days that are sealed. */
const HISTORY = ['events', 'event_seals', 'event_days']
/** What migrations keep for themselves. */
const MIGRATIONS = ['adonis_schema', 'adonis_schema_versions']

/**
 * Lets the application's role read and write its tables, and add to the history without changing it. The role is made
 * where it isn't there; it may do nothing else on the server.
 * @param application address with the role's name and password
 */
export async function grantToApplication(
  trx: TransactionClientContract,
  application: URL
): Promise<void> {
  const name = decodeURIComponent(application.username)
  const role = pg.escapeIdentifier(name)
  const password = pg.escapeLiteral(decodeURIComponent(application.password))
  const known = await trx.from('pg_roles').where('rolname', name).first()
  if (!known) await trx.rawQuery(`create role ${role} login password ${password}`)
  for (const schema of ['public', 'queue'])
    await trx.rawQuery(`
      grant usage on schema ${schema} to ${role};
      grant select, insert, update, delete on all tables in schema ${schema} to ${role};
      grant execute on all functions in schema ${schema} to ${role}
    `)
  // A queue makes sequences of its own, as whoever uses it first: only its owner can grant, and needs to.
  const { rows: sequences }: { rows: { name: string }[] } = await trx.rawQuery(
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname in ('public', 'queue') and pg_get_userbyid(c.relowner) = current_user`
  )
  for (const { name: sequence } of sequences)
    await trx.rawQuery(`grant usage, select on sequence ${sequence} to ${role}`)
  await trx.rawQuery(`
    grant create on schema queue to ${role};
    alter default privileges in schema queue grant usage, select on sequences to ${role}
  `)
  await trx.rawQuery(`
    revoke update, delete on ${HISTORY.join(', ')} from ${role};
    revoke insert, update, delete on ${MIGRATIONS.join(', ')} from ${role}
  `)
}
