import { roleMay } from '#app/identity/permissions'
import type { Role } from '#app/identity/user'
import db from '@adonisjs/lucid/services/db'
import { bookingsOf } from '#app/bookings/describe_booking'
import { show } from '#app/catalog/kinds'
import { frozenVersion } from '#app/catalog/frozen_version'
import type User from '#app/identity/user'
import { wordsFor } from '#app/submissions/list_submissions'
import { latestValues } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'
import { transition } from '#app/shared/transition'

interface EventRow {
  verb: string
  detail: Record<string, string | number>
  at: Date
  actor: string | null
}

/** Everything a submission's page shows; that it was looked at is itself kept. */
export async function submissionDetails(submission: Submission, user: User, locale: 'ja' | 'en') {
  const version = await frozenVersion(submission.serviceVersionId)
  const erased = submission.state === 'erased'
  const latest = erased ? null : await latestValues(submission)
  await transition(async (t) => {
    t.recordRead({
      verb: 'submission.viewed',
      subject: { type: 'submission', id: submission.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId: user.id,
    })
  })
  const pages = await db
    .from('pages')
    .where('submission_id', submission.id)
    .orderBy('form_page')
    .select('id', 'form_page', 'residual_mm')
  return {
    submission,
    word: (await wordsFor([submission])).get(submission.id),
    version,
    erased,
    revision: latest?.revision ?? null,
    groups: version.description.groups.map((group) => ({
      ...group,
      onPaper: pages.some((page) => page.form_page === group.page),
      values: group.fields.map((field) => {
        const standing = latest?.values.get(field.key)
        return {
          label: field.label[locale],
          text: standing ? show(field, standing.value, locale) : null,
          basis: standing?.basis ?? null,
        }
      }),
    })),
    pages: erased ? [] : pages,
    booking: erased ? null : ((await bookingsOf([submission.id])).at(-1) ?? null),
    corrections: await correctionsOf(submission.id),
    replies: erased ? [] : await repliesOf(submission.id),
    events: await timelineOf(submission.id, user),
  }
}

function correctionsOf(submissionId: string): Promise<CorrectionRow[]> {
  return db
    .from('corrections')
    .where('submission_id', submissionId)
    .orderBy('created_at')
    .select('field_key', 'state', 'created_at')
}

interface CorrectionRow {
  field_key: string
  state: string
  created_at: Date
}

function repliesOf(submissionId: string) {
  return db
    .from('replies')
    .join('reply_submissions', 'reply_submissions.reply_id', 'replies.id')
    .where('reply_submissions.submission_id', submissionId)
    .orderBy('replies.created_at')
    .select('replies.id', 'replies.kind', 'replies.state', 'replies.file')
}

/** Every step, who and when. A client sees that the center worked, not which of its people. */
async function timelineOf(submissionId: string, user: User): Promise<EventRow[]> {
  const rows: (EventRow & { role: Role | null })[] = await db
    .from('events')
    .leftJoin('users', 'users.id', 'events.actor_id')
    .where('events.submission_id', submissionId)
    .orderBy('events.sequence')
    .select(
      'events.verb',
      'events.detail',
      'events.at',
      'users.display_name as actor',
      'users.role as role'
    )
  return rows.map((row) => ({
    ...row,
    actor:
      user.worksForCenter || (row.role && !roleMay(row.role, 'clients.all')) ? row.actor : null,
  }))
}
