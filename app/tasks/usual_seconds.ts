import db from '@adonisjs/lucid/services/db'

/** A task of a kind that nobody has done yet (seconds). */
const UNKNOWN_SECONDS = 60
/** Leases of somebody that are looked at for how long their tasks take; one that lasted longer was a pause. */
const LOOKED_AT = 40
const LONGEST_MINUTES = 30
const DAYS = 14
/** A measure is good for so long (ms). */
const FRESH_MS = 5 * 60_000

interface Measured {
  kind: string
  groupKey: string
  serviceId: string | null
  tasks: number
  seconds: number
}

/** Measures how long tasks take, by kind, group and service: by what everybody did last, within two weeks. */
async function measure(): Promise<Measured[]> {
  const { rows } = await db.rawQuery<{ rows: Measured[] }>(
    `select t.kind, t.group_key as "groupKey", v.service_id as "serviceId", count(*)::int as tasks,
       sum(extract(epoch from a.ended_at - a.started_at))::float as seconds
     from users u cross join lateral (
       select * from assignments where user_id = u.id order by started_at desc limit ${LOOKED_AT}) as a
     join tasks t on t.id = a.task_id
     left join submissions s on s.id = t.submission_id
     left join service_versions v on v.id = s.service_version_id
     where a.ended_reason = 'done' and a.ended_at > now() - interval '${DAYS} days'
       and a.ended_at - a.started_at < interval '${LONGEST_MINUTES} minutes'
     group by t.kind, t.group_key, v.service_id`
  )
  return rows
}

/** Measures how long a task of each kind takes (minutes); kinds that nobody did lately aren't in it. */
export async function minutesByKind(): Promise<Map<string, number>> {
  const kinds = Map.groupBy(await measure(), ({ kind }) => kind)
  return new Map([...kinds].map(([kind, parts]) => [kind, secondsEach(parts)! / 60]))
}

let known: { at: number; measured: Promise<Measured[]> } | null = null

/** Says how long a task of a group of a service usually takes (seconds): else one of its kind. */
export async function usualSeconds(of: {
  kind: string
  groupKey: string
  serviceId: string
}): Promise<number> {
  const ofKind = (await measured()).filter(({ kind }) => kind === of.kind)
  const ofGroup = ofKind.filter(
    ({ groupKey, serviceId }) => groupKey === of.groupKey && serviceId === of.serviceId
  )
  const seconds = secondsEach(ofGroup) ?? secondsEach(ofKind) ?? UNKNOWN_SECONDS
  return Math.max(1, Math.round(seconds))
}

/** Measured once for all who ask; what can't be had now is asked for again. */
function measured(): Promise<Measured[]> {
  if (!known || known.at < Date.now() - FRESH_MS) {
    known = { at: Date.now(), measured: measure() }
    known.measured.catch(forgetUsual)
  }
  return known.measured
}

/** Forgets what was measured, for who can't wait. */
export function forgetUsual(): void {
  known = null
}

function secondsEach(parts: Measured[]): number | null {
  const tasks = parts.reduce((sum, part) => sum + part.tasks, 0)
  return tasks > 0 ? parts.reduce((sum, part) => sum + part.seconds, 0) / tasks : null
}
