import db from '@adonisjs/lucid/services/db'

/** One day of a calendar: its times, the shares of the doors, and who is called where it is closed. */
export async function daySheet(calendarId: string, day: string) {
  const slots = await db
    .from('slots')
    .where('calendar_id', calendarId)
    .whereRaw('starts_at::date = ?', [day])
    .orderBy('starts_at')
    .select(
      'id',
      'capacity',
      'taken',
      'closed_at',
      'left_out',
      db.raw(`to_char(starts_at, 'HH24:MI') as time`)
    )
  const quotas = await db
    .from('quotas')
    .where({ calendar_id: calendarId, day })
    .orderByRaw(`array_position(array['web','phone','counter','paper'], door)`)
  return {
    slots,
    quotas,
    closure: await db.from('closures').where({ calendar_id: calendarId, day }).first(),
    calls: await callsOf(calendarId, day),
  }
}

/** Calls to those whose day was closed, by what came of them. */
function callsOf(calendarId: string, day: string): Promise<{ state: string; count: number }[]> {
  return db
    .from('call_backs')
    .join('submissions', 'submissions.id', 'call_backs.submission_id')
    .where('call_backs.reason', 'closure')
    .whereIn(
      'call_backs.submission_id',
      db
        .from('bookings')
        .join('slots', 'slots.id', 'bookings.slot_id')
        .where({ 'slots.calendar_id': calendarId, 'bookings.ended_reason': 'closure' })
        .whereRaw('slots.starts_at::date = ?', [day])
        .select('bookings.submission_id')
    )
    .groupBy('call_backs.state')
    .select('call_backs.state', db.raw('count(*)::int as count'))
}
