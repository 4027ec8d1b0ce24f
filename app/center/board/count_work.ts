import type { Text } from '#app/catalog/description'
import db from '@adonisjs/lucid/services/db'
import { RECHECK_PASS } from '#app/keying/passes'
import { taskKinds } from '#app/tasks/task_kind'
import { today } from '#app/core/clock'

/** The work that is still to be done for a service or a batch, in numbers. */
export interface WorkRow {
  name: Text
  href: string
  /** the service, where it is of one */
  serviceId: string | null
  waiting: number
  inHand: number
  /** answers that differ, or could not be given */
  toDecide: number
  dueToday: number
  late: number
  minutes: number
}

/** Minutes of a task of a kind that has never been measured. */
const UNKNOWN_MINUTES = 2

interface CountedWork {
  kind: string
  service: string | null
  batch: string | null
  waiting: number
  in_hand: number
  due_today: number
  late: number
}

const NO_WORK: CountedWork = {
  kind: 'key',
  service: null,
  batch: null,
  waiting: 0,
  in_hand: 0,
  due_today: 0,
  late: 0,
}

/** Work that is of no service: pages that nobody knows yet. */
const NOTHING: Text = { ja: '—', en: '—' }

/** Counts open work by service and batch, what is due first before the rest; services whose work isn't done as usual (`noted`) stand there always. */
export async function countWork(minutes: Map<string, number>, noted: string[]): Promise<WorkRow[]> {
  const { rows: counted } = await db.rawQuery<{ rows: CountedWork[] }>(
    `select t.kind, v.service_id as service, b.id as batch,
       count(*) filter (where t.state = 'open' or ready.id is not null)::int as waiting,
       count(*) filter (where t.state = 'leased' and ready.id is null)::int as in_hand,
       count(*) filter (where t.due_on = cast(:today as date))::int as due_today,
       count(*) filter (where t.due_on < cast(:today as date))::int as late
     from tasks t
     left join submissions s on s.id = t.submission_id
     left join service_versions v on v.id = s.service_version_id
     left join assignments ready on ready.task_id = t.id and ready.ended_at is null and ready.ahead
     left join batches b on t.subject_type = 'piece' and b.id::text = t.group_key
     where t.state in ('open', 'leased') and t.pass <> ${RECHECK_PASS}
     group by t.kind, v.service_id, b.id`,
    { today: today() }
  )
  const idle = noted.filter((id) => !counted.some(({ service }) => service === id))
  const rows = [...counted, ...idle.map((service): CountedWork => ({ ...NO_WORK, service }))]
  const names = await namesOf(rows)
  const groups = Map.groupBy(rows, ({ service, batch }) => service ?? batch ?? '')
  return [...groups]
    .map(([id, parts]) => ({
      ...(names.get(id) ?? { name: NOTHING, href: '/work/open', serviceId: null }),
      waiting: sum(parts, (part) => (decides(part.kind) ? 0 : part.waiting)),
      inHand: sum(parts, (part) => part.in_hand),
      toDecide: sum(parts, (part) => (decides(part.kind) ? part.waiting : 0)),
      dueToday: sum(parts, (part) => part.due_today),
      late: sum(parts, (part) => part.late),
      minutes: Math.round(
        sum(
          parts,
          (part) => (part.waiting + part.in_hand) * (minutes.get(part.kind) ?? UNKNOWN_MINUTES)
        )
      ),
    }))
    .sort((a, b) => b.late - a.late || b.dueToday - a.dueToday || b.minutes - a.minutes)
}

/** Minutes that what is due by today still takes, and how many tasks that is; what is paused is given to nobody today. */
export async function dueWork(
  minutes: Map<string, number>
): Promise<{ tasks: number; minutes: number }> {
  const rows: { kind: string; count: number }[] = await db
    .from('tasks')
    .whereRaw(`state in ('open', 'leased')`)
    .where('held', false)
    .where('due_on', '<=', today())
    .groupBy('kind')
    .select('kind', db.raw('count(*)::int as count'))
  return {
    tasks: sum(rows, ({ count }) => count),
    minutes: sum(rows, ({ kind, count }) => count * (minutes.get(kind) ?? UNKNOWN_MINUTES)),
  }
}

function decides(kind: string): boolean {
  return taskKinds.get(kind).decides === true
}

type Named = Pick<WorkRow, 'name' | 'href' | 'serviceId'>

async function namesOf(rows: CountedWork[]): Promise<Map<string, Named>> {
  const ids = (key: 'service' | 'batch') => [...new Set(rows.flatMap((row) => row[key] ?? []))]
  const services: { id: string; slug: string; name: Text }[] = await db
    .from('services as s')
    .joinRaw(
      `cross join lateral (select description from service_versions v where v.service_id = s.id
         order by number desc limit 1) as newest`
    )
    .whereIn('s.id', ids('service'))
    .select('s.id', 's.slug', db.raw(`newest.description->'name' as name`))
  const batches: { id: string; title: string }[] = await db
    .from('batches')
    .whereIn('id', ids('batch'))
    .select('id', 'title')
  return new Map([
    ...services.map(({ id, slug, name }): [string, Named] => [
      id,
      { name, href: `/services/${slug}`, serviceId: id },
    ]),
    ...batches.map(({ id, title }): [string, Named] => [
      id,
      { name: { ja: title, en: title }, href: `/batches/${id}`, serviceId: null },
    ]),
  ])
}

function sum<T>(rows: T[], number: (row: T) => number): number {
  return rows.reduce((total, row) => total + number(row), 0)
}
