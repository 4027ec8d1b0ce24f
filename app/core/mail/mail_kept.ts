import db from '@adonisjs/lucid/services/db'
import type { Gauge } from '#app/core/gauges'
import { destroyDataKeys } from '#app/core/sealing'

/** The words of a mail that did not leave are kept for so long (days), its line in the list for a year. */
const CONTENT_DAYS = 30
const LINE_DAYS = 365

/** Removes what mails say that nobody sends any more, and lines of the list that are old. */
export async function removeOldMail(): Promise<void> {
  const old: { id: string; data_key_id: string }[] = await db
    .from('mails')
    .whereNot('state', 'queued')
    .whereNotNull('content')
    .whereRaw('coalesce(ended_at, created_at) < now() - make_interval(days => ?)', [CONTENT_DAYS])
    .limit(500)
    .select('id', 'data_key_id')
  await db.transaction(async (trx) => {
    const ids = old.map(({ id }) => id)
    await trx.from('mails').whereIn('id', ids).update({ content: null })
    await destroyDataKeys(
      trx,
      old.map((one) => one.data_key_id)
    )
    await trx
      .from('mails')
      .whereNot('state', 'queued')
      .whereNull('content')
      .whereRaw('created_at < now() - make_interval(days => ?)', [LINE_DAYS])
      .delete()
  })
}

/** Seconds for which the oldest mail has waited to be sent. */
export const mailGauge: Gauge = {
  name: 'mail_waiting',
  unit: 'seconds',
  warn: 900,
  fail: 21_600,
  async read() {
    const { rows } = await db.rawQuery<{ rows: { value: string | null }[] }>(
      `select extract(epoch from now() - min(created_at)) as value from mails where state = 'queued'`
    )
    return rows[0].value === null ? null : Number(rows[0].value)
  },
}

/** Seconds since the mailbox in which mail comes back was last read to its end. */
export const inboxGauge: Gauge = {
  name: 'inbox_unread_for',
  unit: 'seconds',
  warn: 3600,
  fail: 86_400,
  async read() {
    const { rows } = await db.rawQuery<{ rows: { value: string | null }[] }>(
      `select extract(epoch from now() - coalesce(checked_at, changed_at)) as value from mail_inboxes`
    )
    return rows[0]?.value ? Number(rows[0].value) : null
  },
}
