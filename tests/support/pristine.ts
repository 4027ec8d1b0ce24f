import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'

const wordsIn = (locale: string): object =>
  JSON.parse(readFileSync(app.makePath('resources/lang', locale, 'audit.json'), 'utf8'))
const [JAPANESE, ENGLISH] = [wordsIn('ja'), wordsIn('en')]

/** The application's role may not do what is done here. */
const owner = () => db.connection('owner')

/** Tables that every test finds as they were seeded, whatever the one before it did; all others are found empty. */
const KEPT = [
  'organizations',
  'roles',
  'users',
  'engagements',
  'qualifications',
  'services',
  'service_versions',
  'form_papers',
  'form_pages',
  'guide_pictures',
  'calendars',
  'slots',
  'quotas',
  'legs',
  'stops',
  'lessons',
  'articles',
  'partners',
  'postcodes',
]

/** PostgreSQL's code when two wait for each other, and one of them is sent away. */
const DEADLOCK = '40P01'

/**
 * Keeps a copy of the seeded tables, and has every table count the statements that change it (a sequence: nobody
 * waits for anybody), so that only what a test has touched is put back.
 */
export async function keepPristine(): Promise<void> {
  const tables = await allTables()
  await owner().rawQuery(
    `truncate ${tables.filter((table) => !KEPT.includes(table)).join(', ')} cascade`
  )
  await owner().rawQuery('drop schema if exists pristine cascade')
  await owner().rawQuery('create schema pristine')
  await owner().rawQuery(
    `create function pristine.touch() returns trigger language plpgsql security definer as
     $$ begin perform nextval('pristine.' || tg_table_name); return null; end $$`
  )
  await demandEvents()
  for (const table of tables) {
    await owner().rawQuery(`create sequence pristine.${table}`)
    await owner().rawQuery(
      `create trigger pristine_touch after insert or update or delete on ${table}
       for each statement execute function pristine.touch()`
    )
    if (KEPT.includes(table))
      await owner().rawQuery(`create unlogged table pristine.kept_${table} as table ${table}`)
  }
}

/** Verbs that an extension brings; they are shown as they are. */
const FROM_EXTENSIONS = ['stamp_seen']

/** Every event that a test has made can be said in words, in both languages. */
export async function assertWords(): Promise<void> {
  const rows: { verb: string }[] = await db
    .from('events')
    .whereNot('subject_type', 'test')
    .distinct('verb')
  const kinds: { kind: string }[] = await db
    .from('events')
    .whereNot('subject_type', 'test')
    .distinct('subject_type as kind')
  const keys = [
    ...rows.flatMap(({ verb }) => {
      const [noun, action] = verb.split('.')
      return FROM_EXTENSIONS.includes(action) ? [] : [`of_${noun}`, `did_${action}`]
    }),
    ...kinds.map(({ kind }) => `of_${kind}`),
  ]
  for (const words of [JAPANESE, ENGLISH]) {
    const missing = keys.filter((key) => !(key in words))
    if (missing.length > 0) throw new Error(`The audit has no words for ${missing.join(', ')}`)
  }
}

/** Records whose every change of state goes with an event, and what events call them. */
export const WITH_EVENTS: Record<string, string> = {
  submissions: 'submission',
  replies: 'reply',
  handovers: 'handover',
  bookings: 'booking',
  seat_bookings: 'seat',
  work_orders: 'work_order',
  postings: 'posting',
  reply_wishes: 'reply_wish',
  print_runs: 'print_run',
  sheets: 'sheet',
  waiting_list: 'waiting_place',
  corrections: 'correction',
  acceptance_checks: 'acceptance_check',
  call_backs: 'call_back',
  scans: 'scan',
  pages: 'page',
  tasks: 'task',
  calls: 'call',
  tickets: 'ticket',
  consultations: 'consultation',
  lesson_places: 'lesson_place',
  exports: 'export',
  register_imports: 'register_import',
  ledger_imports: 'ledger_import',
  blank_forms: 'blank_form',
  enclosed_forms: 'enclosed_form',
  backups: 'backup',
  mails: 'mail',
  disposals: 'disposal',
  disclosures: 'disclosure',
  incidents: 'incident',
  batches: 'batch',
  pieces: 'piece',
  mailings: 'mailing',
  activity_spans: 'activity_span',
  disputes: 'dispute',
}
/** Of these no event tells, and why. */
export const WITHOUT_EVENTS: Record<string, string> = {
  mailing_rows:
    'a mark of whether a letter is made of the row; the mailing has events, and so has each letter',
  closures:
    'a mark whether people of a closed day are still being moved; each who is moved has events',
  register_people: "what a client's register says of somebody, taken with the file that says it",
}
/** Of these the beginning is told as well. */
const BEGIN_WITH_EVENTS = ['submissions', 'replies']

/**
 * Has the database refuse a transaction that changes the state of a record without the event that says so, from where to
 * where. What the owner changes (a test that sets the scene) is let through.
 */
async function demandEvents(): Promise<void> {
  await owner().rawQuery(
    `create function pristine.demand_event() returns trigger language plpgsql security definer as $$
     begin
       if session_user = current_user or exists (
         select 1 from events e where e.transaction = pg_current_xact_id()
           and e.subject_type = tg_argv[0] and e.subject_id = new.id
           and e.detail->>'to' = new.state
           and (tg_op = 'INSERT' or e.detail->>'from' = old.state))
       then return null; end if;
       raise exception 'no event of % says that it went to %', tg_argv[0], new.state;
     end $$`
  )
  for (const [table, subject] of Object.entries(WITH_EVENTS)) {
    if (BEGIN_WITH_EVENTS.includes(table))
      await owner().rawQuery(
        `create constraint trigger demand_event_insert after insert on ${table} deferrable initially deferred
           for each row execute function pristine.demand_event('${subject}')`
      )
    await owner().rawQuery(
      `create constraint trigger demand_event_update after update on ${table} deferrable initially deferred
         for each row when (old.state is distinct from new.state) execute function pristine.demand_event('${subject}')`
    )
  }
}

/** Replays the history: what it says last of each record is where it stands. @throws for the first that stands elsewhere */
export async function assertHistory(): Promise<void> {
  const touched = await touchedTables()
  for (const [table, subject] of Object.entries(WITH_EVENTS)) {
    if (!touched.includes(table)) continue
    const { rows } = await owner().rawQuery<{
      rows: { id: string; state: string; said: string }[]
    }>(
      `select r.id, r.state, said.state as said from ${table} r left join lateral (
         select e.detail->>'to' as state from events e
         where e.subject_type = ? and e.subject_id = r.id and e.detail->>'to' is not null
         order by e.sequence desc limit 1) said on true
       where ${BEGIN_WITH_EVENTS.includes(table) ? '' : 'said.state is not null and '}r.state is distinct from said.state limit 1`,
      [subject]
    )
    if (rows.length > 0)
      throw new Error(
        `The ${subject} ${rows[0].id} is ${rows[0].state}, and its history says ${rows[0].said}`
      )
  }
}

/** Puts back what has been touched. Work of the test before may still hold rows: then once more. */
export async function restorePristine(attempts = 5): Promise<void> {
  try {
    await restore()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== DEADLOCK || attempts === 1) throw error
    await restorePristine(attempts - 1)
  }
}

async function restore(): Promise<void> {
  const touched = await touchedTables()
  const emptied = touched.filter((table) => !KEPT.includes(table))
  const changed = touched.filter((table) => KEPT.includes(table))
  if (touched.length === 0) return
  await owner().transaction(async (trx) => {
    // Tables are put back one by one: what refers to what holds again only when all are.
    await trx.rawQuery('set local session_replication_role = replica')
    if (emptied.length > 0) await trx.rawQuery(`truncate ${emptied.join(', ')} cascade`)
    for (const table of changed) {
      await trx.rawQuery(
        `delete from ${table} t where not exists (select 1 from pristine.kept_${table} k where k::text = t::text)`
      )
      await trx.rawQuery(
        `insert into ${table} select * from pristine.kept_${table} k
         where not exists (select 1 from ${table} t where k::text = t::text)`
      )
    }
  })
  for (const table of touched)
    await owner().rawQuery(`select setval('pristine.${table}', 1, false)`)
}

async function touchedTables(): Promise<string[]> {
  const { rows } = await owner().rawQuery<{ rows: { name: string }[] }>(
    `select sequencename as name from pg_sequences where schemaname = 'pristine' and last_value is not null order by 1`
  )
  return rows.map((row) => row.name)
}

/** All tables but the migrations' own, from the catalog. A seeded table may refer to seeded ones only. */
async function allTables(): Promise<string[]> {
  const { rows } = await owner().rawQuery<{ rows: { name: string }[] }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'adonis_schema%' order by 1`
  )
  const upward = await owner().rawQuery<{ rows: { name: string }[] }>(
    `select conname as name from pg_constraint
     where contype = 'f' and conrelid::regclass::text = any(:kept) and not confrelid::regclass::text = any(:kept)`,
    { kept: KEPT }
  )
  if (upward.rows.length > 0)
    throw new Error(`Seeded tables refer to emptied ones: ${upward.rows[0].name}`)
  return rows.map((row) => row.name)
}
