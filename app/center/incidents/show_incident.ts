import db from '@adonisjs/lucid/services/db'
import Incident, { STEPS, storySealContext, type Step } from '#app/center/incidents/incident'
import type User from '#app/people/user'
import { today } from '#app/core/clock'
import { openSealer } from '#app/core/sealing'

/** Somebody who did something with the requests of an incident: looked, keyed, printed, … */
export interface Sight {
  login: string
  name: string
  organization: string
  frozen: boolean
  /** how many of the requests, how often, first and last */
  requests: number
  times: number
  first: Date
  last: Date
}

export interface StepRow {
  step: Step
  due: string
  doneOn: string | null
  by: string | null
  isLate: boolean
}

/** More people than see one request. */
const MAX_PEOPLE = 500

/** Everything that an incident's page shows. Of protected people's requests the number is for named staff only. */
export async function showIncident(user: User, incident: Incident) {
  const sealer = await openSealer(incident.dataKeyId)
  const ofIncident = () =>
    db.from('incident_submissions').where('incident_id', incident.id).select('submission_id')
  const requests: { id: string; receipt: string | null; state: string }[] = await db
    .from('submissions as s')
    .whereIn('s.id', ofIncident())
    .orderBy('s.created_at')
    .select(
      's.id',
      's.state',
      db.raw('case when ? or not s.protected then s.receipt end as receipt', [user.seesProtected])
    )
  const people: { id: string; login: string; name: string; frozen: boolean }[] = await db
    .from('incident_people as p')
    .join('users as u', 'u.id', 'p.user_id')
    .where('p.incident_id', incident.id)
    .orderBy('u.display_name')
    .select(
      'u.id',
      'u.login',
      'u.display_name as name',
      db.raw('u.frozen_at is not null as frozen')
    )
  return {
    story: sealer.openText(storySealContext(incident.id), incident.story),
    steps: await stepsOf(incident),
    requests,
    people,
    sights: await sightsOf(incident),
  }
}

/** Lists the steps with their day, and when they were done. */
export async function stepsOf(incident: Incident): Promise<StepRow[]> {
  const done: { step: Step; done_on: string; by: string }[] = await db
    .from('incident_steps as s')
    .join('users as u', 'u.id', 's.done_by')
    .where('s.incident_id', incident.id)
    .select('s.step', 's.done_on', 'u.display_name as by')
  const { due } = incident
  return STEPS.map((step) => {
    const row = done.find((one) => one.step === step)
    return {
      step,
      due: due[step],
      doneOn: row?.done_on ?? null,
      by: row?.by ?? null,
      isLate: !row && due[step] < today(),
    }
  })
}

/** Lists who did or saw something of the requests, by the history: who saw most first. */
export async function sightsOf(incident: Incident): Promise<Sight[]> {
  const { rows } = await db.rawQuery<{ rows: Sight[] }>(
    `select u.login, u.display_name as name, o.name as organization, u.frozen_at is not null as frozen,
       count(distinct e.submission_id)::int as requests, count(*)::int as times, min(e.at) as first, max(e.at) as last
     from events e join users u on u.id = e.actor_id join organizations o on o.id = u.organization_id
     where e.submission_id in (select submission_id from incident_submissions where incident_id = :id)
     group by u.id, o.id order by requests desc, times desc, u.login limit ${MAX_PEOPLE}`,
    { id: incident.id }
  )
  return rows
}

/** Counts open incidents that a person should see to: something is late, or their client hasn't read of it. */
export async function countOpenIncidents(user: User): Promise<number> {
  const open = await Incident.query()
    .where('state', 'open')
    .if(!user.worksForCenter, (query) => query.where('clientId', user.organizationId))
    .limit(100)
  return open.length
}
