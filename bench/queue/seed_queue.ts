import db from '@adonisjs/lucid/services/db'
import type { Description } from '#app/catalog/description'
import { newestVersion } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { createSealers } from '#app/core/sealing'
import User from '#app/people/user'

/** Operators of the queue, beside the demo's own. */
export const OPERATORS = 300
const WAITING = 100_000
/** A year of a center's work that is done. */
const DONE = 1_000_000
const BATCH = 500
const PART = 100_000

/**
 * Fills the database as a big center's is: operators, 100,000 tasks of submissions that wait to be keyed, and a year of
 * tasks that were done. Returns the operators.
 */
export async function seedQueue(): Promise<User[]> {
  const operators = await givenOperators()
  const service = await Service.findByOrFail('slug', 'vaccination')
  const version = await newestVersion(service.id)
  const perSubmission = version.description.groups.length * 2
  for (let left = WAITING; left > 0; left -= BATCH * perSubmission)
    await givenWaiting(service, version.id, version.description)
  for (let from = 0; from < DONE; from += PART) await givenDone(service, operators)
  return operators
}

/** Operators at the center, each as the demo's first one is. */
async function givenOperators(): Promise<User[]> {
  const first = await User.findByOrFail('login', 'operator1')
  const { $attributes: like } = first
  await db.rawQuery(
    `insert into users (id, organization_id, login, display_name, password, role, role_id, sites, locale)
     select gen_random_uuid(), organization_id, 'bench' || n, 'ベンチ ' || n, password, role, role_id, sites, locale
     from users, generate_series(1, ${OPERATORS}) as n where id = ?`,
    [String(like.id)]
  )
  return User.query().where('login', 'like', 'bench%').orderBy('login')
}

/** Submissions that wait to be keyed: every group twice, as it is after a reading without any evidence. */
async function givenWaiting(
  service: Service,
  versionId: string,
  { groups }: Description
): Promise<void> {
  await db.transaction(async (trx) => {
    const sealers = await createSealers(trx, 'submission', BATCH)
    const submissions = sealers.map(({ dataKeyId }) => {
      const id = newId()
      return {
        id,
        receipt: id,
        client_id: service.clientId,
        service_version_id: versionId,
        data_key_id: dataKeyId,
        channel: 'paper',
        party: newId(),
        arrived_on: today(),
        state: 'keying',
      }
    })
    await trx.table('submissions').multiInsert(submissions)
    const tasks = submissions.flatMap(({ id }) =>
      groups.flatMap(({ key, home }) =>
        [1, 2].map((pass) => ({
          id: newId(),
          client_id: service.clientId,
          subject_type: 'submission',
          subject_id: id,
          submission_id: id,
          kind: 'key',
          group_key: key,
          pass,
          site: home === 'never' ? 'center' : 'any',
          linkage_id: id,
          links: home,
          priority: 0,
        }))
      )
    )
    for (let from = 0; from < tasks.length; from += BATCH)
      await trx.table('tasks').multiInsert(tasks.slice(from, from + BATCH))
  })
}

/** Tasks of submissions that are gone, one every half minute of a year, each done by one of the operators. */
async function givenDone(service: Service, operators: User[]): Promise<void> {
  await db.rawQuery(
    `with done as (
       insert into tasks (id, client_id, subject_type, subject_id, kind, group_key, pass, linkage_id, links, state, created_at, done_at)
       select gen_random_uuid(), :client, 'submission', gen_random_uuid(), 'key', 'name', 1, gen_random_uuid(), 'free', 'done', at, at
       from (select now() - n * interval '315 seconds' as at from generate_series(1, ${PART}) as n) as year
       returning id, done_at)
     insert into assignments (id, task_id, user_id, site, fence, started_at, expires_at, ended_at, ended_reason)
     select gen_random_uuid(), id, (cast(:operators as uuid[]))[1 + (row_number() over ())::int % ${OPERATORS}], 'center', 1,
       done_at - interval '40 seconds', done_at + interval '10 minutes', done_at, 'done'
     from done`,
    { client: service.clientId, operators: operators.map(({ id }) => id) }
  )
}
