import db from '@adonisjs/lucid/services/db'
import { frozenVersion } from '#app/catalog/frozen_version'
import { openReply } from '#app/replies/open_reply'
import Submission from '#app/submissions/submission'
import { today } from '#app/core/clock'
import { transition } from '#app/core/transition'

/** A postcard that would arrive together with the letter of the booking is none: booked so many days before at least. */
const BOOKED_BEFORE_DAYS = 7
const MAX = 500

interface Due {
  id: string
  submission_id: string
  revision_id: string
}

/** Postcards for bookings that are so near as their calendar says; each booking gets one. Run daily. */
export async function planReminders(): Promise<number> {
  const { rows }: { rows: Due[] } = await db.rawQuery(
    `select b.id, b.submission_id, h.revision_id
     from bookings b join slots s on s.id = b.slot_id join calendars c on c.id = s.calendar_id join handovers h on h.id = b.handover_id
     where b.state = 'booked' and (c.rules->>'remindDays') is not null
       and s.starts_at::date > cast(:today as date)
       and s.starts_at::date <= cast(:today as date) + (c.rules->>'remindDays')::int
       and b.created_at < s.starts_at - make_interval(days => (c.rules->>'remindDays')::int + :before)
       and not exists (select 1 from replies r where r.revision_id = h.revision_id and r.kind = 'reminder' and r.occasion = b.id::text)
     order by s.starts_at limit :max`,
    { today: today(), before: BOOKED_BEFORE_DAYS, max: MAX }
  )
  for (const due of rows) {
    await transition(async (t) => {
      const submission = await Submission.query({ client: t.trx })
        .where('id', due.submission_id)
        .forUpdate()
        .firstOrFail()
      const reply = await openReply(
        t,
        submission,
        await frozenVersion(submission.serviceVersionId, t.trx),
        {
          kind: 'reminder',
          product: 'postcard',
          revisionId: due.revision_id,
          occasion: due.id,
        }
      )
      if (reply) await submission.reopenToReply(t)
      t.record({
        verb: 'reminder.planned',
        subject: { type: 'booking', id: due.id },
        clientId: submission.clientId,
        submissionId: submission.id,
      })
    })
  }
  return rows.length
}
