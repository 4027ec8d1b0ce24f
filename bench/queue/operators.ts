import { setTimeout as sleep } from 'node:timers/promises'
import db from '@adonisjs/lucid/services/db'
import { Client } from '#bench/client'
import { cpuSeconds, databaseCpuSeconds } from '#bench/processes'
import { percentile, report } from '#bench/report'
import type User from '#app/people/user'

/** Seconds that somebody looks at a snippet and types, from and to. */
const THINKS = [10, 30] as const
/** Seconds in which all begin, not in the same moment; then the day is watched for so long. */
const BEGINS = 45
const WATCHED = 90
/** In so many of a hundred tasks: something doubtful is typed first; somebody goes away without saving and comes back. */
const ERRS = 3
const GOES_AWAY = 2
const AWAY_SECONDS = 40
/** Milliseconds from one bare commit to the next. */
const COMMITS_EVERY_MS = 100
/** Sign-ins that come at once. */
const AT_ONCE = 10

/** What happened; `times` while it was watched. */
interface Day {
  begins: number
  ends: number
  times: number[]
  saves: number
}

/**
 * Operators over HTTP, as their pages do it: each takes a task, loads its screen and snippet and those of the next two,
 * thinks, keeps a draft, saves, and goes on to the next.
 * @param values what is typed, by field
 */
export async function benchOperators(
  operators: User[],
  values: Record<string, string>
): Promise<void> {
  const began = performance.now()
  const clients = await signIn(operators)
  report('queue', {
    name: `sign_ins_of_${operators.length}_s`,
    value: (performance.now() - began) / 1000,
    unit: 's',
  })
  const saved = await entries()
  const begins = performance.now() + BEGINS * 1000
  const day: Day = { begins, ends: begins + WATCHED * 1000, times: [], saves: 0 }
  const worked = Promise.all(clients.map((client) => work(client, values, day)))
  await sleep(BEGINS * 1000)
  const [before, early] = [await spent(), day.saves]
  const commits: number[] = []
  const beside = setInterval(() => void commit(commits), COMMITS_EVERY_MS)
  await sleep(WATCHED * 1000)
  const [after, watched] = [await spent(), day.saves - early]
  clearInterval(beside)
  await worked
  for (const percent of [50, 95, 99])
    report(
      'queue',
      { name: `take_next_p${percent}_ms`, value: percentile(day.times, percent), unit: 'ms' },
      {
        name: 'a bare commit beside it',
        value: percentile(commits, percent),
        moreIsBetter: false,
      }
    )
  report('queue', { name: 'saves_per_second', value: watched / WATCHED, unit: '1/s' })
  // Of what the worker does later with what was saved, nobody waits for.
  const [web, database, worker] = after.map(
    (spentSoFar, index) => ((spentSoFar - before[index]) * 1000) / watched
  )
  report('queue', { name: 'cpu_ms_per_task', value: web + database, unit: 'ms' })
  report('queue', { name: 'cpu_ms_per_task_of_web', value: web, unit: 'ms' })
  report('queue', { name: 'cpu_ms_per_task_of_worker', value: worker, unit: 'ms' })
  report('queue', {
    name: 'lost_saves',
    value: day.saves - ((await entries()) - saved),
    unit: 'saves',
  })
  report('queue', { name: 'held_by_two', value: await heldByTwo(), unit: 'tasks' })
  report('queue', { name: 'held_beyond_lease', value: await heldBeyond(), unit: 'leases' })
}

/** Writes a few bytes to the database's disk, as every save must wait for. */
async function commit(times: number[]): Promise<void> {
  const from = performance.now()
  await db.rawQuery(`select pg_logical_emit_message(true, 'bench', 'x')`)
  times.push(performance.now() - from)
}

/** Seconds of processor time that web, database and worker have had. */
async function spent(): Promise<number[]> {
  const { rows } = await db.rawQuery<{ rows: { backend: number }[] }>(
    'select pg_backend_pid() as backend'
  )
  return [
    cpuSeconds('bin/server.ts'),
    databaseCpuSeconds(rows[0].backend),
    cpuSeconds('bin/worker.ts'),
  ]
}

async function signIn(operators: User[]): Promise<Client[]> {
  const waiting = [...operators]
  const clients: Client[] = []
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let user = waiting.pop(); user; user = waiting.pop())
        clients.push(await Client.login(user.login))
    })
  )
  return clients
}

async function work(client: Client, values: Record<string, string>, day: Day): Promise<void> {
  await sleep(Math.random() * BEGINS * 1000)
  await client.send('GET', '/work')
  const screens: Screens = new Map()
  let location = await take(client, day)
  let ahead: string[] | null = null
  while (location && performance.now() < day.ends) {
    const fields = screens.get(location) ?? (await look(client, location))
    ahead ??= (await client.ask<Ahead>(`${location}/ahead`)).ahead
    for (const next of ahead) if (!screens.has(next)) screens.set(next, await look(client, next))
    const typed = new URLSearchParams()
    for (const field of fields) typed.set(`values[${field}]`, values[field] ?? '')
    await sleep(seconds(THINKS) * 500)
    await client.send('PUT', `${location}/draft`, typed)
    await sleep(seconds(THINKS) * 500)
    if (Math.random() * 100 < GOES_AWAY) {
      await sleep(AWAY_SECONDS * 1000)
      await client.send('GET', '/work')
    }
    if (Math.random() * 100 < ERRS) await err(client, location, typed)
    const saved: Saved = await save(client, location, typed, day)
    ahead = saved.ahead
    location = saved.next.startsWith('/work/assignments/') ? saved.next : null
  }
}

/** Fields on the screens that were loaded, by address. */
type Screens = Map<string, string[]>

/** Addresses of what lies ready. */
interface Ahead {
  ahead: string[]
}

/** The word on a result. */
interface Saved extends Ahead {
  next: string
}

/** Loads a screen with its snippet. */
async function look(client: Client, location: string): Promise<string[]> {
  const { bytes } = await client.send('GET', location)
  await client.send('GET', `${location}/snippet`)
  return [...bytes.toString('utf8').matchAll(/name="values\[(\w+)\]/g)].map(([, field]) => field)
}

async function take(client: Client, day: Day): Promise<string | null> {
  const from = performance.now()
  const { location } = await client.send(
    'POST',
    '/work/assignments',
    new URLSearchParams({ kind: 'key' })
  )
  keepTime(day, from)
  return location
}

/** Something that can't be is typed, and shown again. */
async function err(client: Client, location: string, typed: URLSearchParams): Promise<void> {
  const wrong = new URLSearchParams([...typed].map(([field]) => [field, '●?']))
  await client.send('POST', `${location}/result`, wrong, [422, 302])
}

/** Saves and takes the next, in one. What is asked about again is kept as it is written. */
async function save(
  client: Client,
  location: string,
  typed: URLSearchParams,
  day: Day
): Promise<Saved> {
  const from = performance.now()
  const sure = new URLSearchParams(typed)
  sure.set('sure', '1')
  for (const [field, text] of typed) sure.set(field.replace('values', 'asked'), text)
  const saved = await client.ask<Saved>(`${location}/result`, sure)
  keepTime(day, from)
  day.saves += 1
  return saved
}

function keepTime(day: Day, from: number): void {
  if (from >= day.begins && from < day.ends) day.times.push(performance.now() - from)
}

function seconds([from, to]: readonly [number, number]): number {
  return from + Math.random() * (to - from)
}

async function entries(): Promise<number> {
  const [{ count }]: { count: number }[] = await db
    .from('entries')
    .select(db.raw('count(*)::int as count'))
  return count
}

/** Tasks that two people had at the same time. */
async function heldByTwo(): Promise<number> {
  const { rows } = await db.rawQuery<{ rows: { count: number }[] }>(
    `select count(*)::int as count from assignments a join assignments b on b.task_id = a.task_id and b.id > a.id
     where a.started_at > now() - interval '1 hour' and b.started_at > now() - interval '1 hour'
       and b.user_id <> a.user_id and tstzrange(a.started_at, a.ended_at) && tstzrange(b.started_at, b.ended_at)`
  )
  return rows[0].count
}

/** Leases that weren't over a minute after their time. */
async function heldBeyond(): Promise<number> {
  const { rows } = await db.rawQuery<{ rows: { count: number }[] }>(
    `select count(*)::int as count from assignments
     where started_at > now() - interval '1 hour' and coalesce(ended_at, now()) > expires_at + interval '1 minute'`
  )
  return rows[0].count
}
