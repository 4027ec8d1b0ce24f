import db from '@adonisjs/lucid/services/db'
import { callRecords, consultationRecords, lessonRecords } from '#app/desk/desk_records'
import { NumberSetting } from '#app/core/number_setting'
import type { ResidentRecords } from '#app/submissions/resident_records'

/** Days for which the desk keeps who called, whom it helped and who came to a lesson. */
export const deskDays = new NumberSetting({
  name: 'desk.kept_days',
  section: 'desk',
  unit: 'days',
  fallback: 365,
  min: 40,
  max: 3650,
})

/** Says of each kind of record when the days begin; what is still to be followed up has no such day. */
const BEGINS: [ResidentRecords, table: string, since: string][] = [
  [callRecords, 'calls', `case when state <> 'ringing' then at end`],
  [
    consultationRecords,
    'consultations',
    `case when state = 'done' then greatest(created_at, follow_up_on::timestamptz) end`,
  ],
  [
    lessonRecords,
    'lesson_places',
    '(select starts_at from lessons where lessons.id = lesson_places.lesson_id)',
  ],
]

const BATCH = 200

/** Erases what the desk has kept for its time, record by record; what is held for a dispute stays. */
export async function removeOldDeskRecords(): Promise<void> {
  const days = await deskDays.value()
  for (const [records, table, since] of BEGINS)
    for (let after = NOTHING; ;) {
      const rows: { id: string }[] = await db
        .from(table)
        .whereNull('erased_at')
        .where('id', '>', after)
        .whereRaw(`${since} < now() - make_interval(days => ?)`, [days])
        .orderBy('id')
        .limit(BATCH)
        .select('id')
      for (const { id } of rows) await records.erase(id, {})
      if (rows.length < BATCH) break
      after = rows.at(-1)!.id
    }
}

const NOTHING = '00000000-0000-0000-0000-000000000000'
