import db from '@adonisjs/lucid/services/db'
import { plainLabel } from '#app/catalog/plain_label'
import type { Text } from '#app/catalog/description'
import { frozenVersion } from '#app/catalog/frozen_version'
import type User from '#app/identity/user'
import { latestValuesOf, valueIn } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'
import { transition } from '#app/shared/transition'

export interface ListedSubmission {
  id: string
  receipt: string
  arrivedOn: string
  channel: string
  service: Text
  /** opened for those who may see it; empty while nothing stands yet */
  name: string
  /** the word for where it stands, see `wordsFor` */
  word: string
}

/** Submissions as a list shows them: whose, of which service, and where each stands in words. A handful of queries. */
export async function listSubmissions(
  user: User,
  submissions: Submission[]
): Promise<ListedSubmission[]> {
  const values = await latestValuesOf(submissions.filter((one) => one.state !== 'erased'))
  const words = await wordsFor(submissions)
  if (submissions.length > 0)
    await transition(async (t) => {
      t.recordRead({
        verb: 'submissions.listed',
        subject: { type: 'user', id: user.id },
        clientId: user.organizationId,
        actorId: user.id,
        detail: { rows: submissions.length },
      })
    })
  return Promise.all(
    submissions.map(async (submission) => {
      const { description } = await frozenVersion(submission.serviceVersionId)
      const value = valueIn(values.get(submission.id))
      return {
        id: submission.id,
        receipt: submission.receipt,
        arrivedOn: submission.arrivedOn,
        channel: submission.channel,
        service: plainLabel(description.name),
        name: value(description.person.name) || value(description.person.kana),
        word: words.get(submission.id)!,
      }
    })
  )
}

/**
 * The word for where each submission stands: its state, but where that alone would say what isn't so. A request whose
 * booking was canceled isn't done, and one that waits for a place isn't being worked on.
 */
export async function wordsFor(submissions: Submission[]): Promise<Map<string, string>> {
  const ids = submissions.map((submission) => submission.id)
  const { rows }: { rows: { id: string; canceled: boolean; waiting: boolean }[] } =
    await db.rawQuery(
      `select s.id,
         exists (select 1 from bookings b where b.submission_id = s.id and b.ended_reason in ('canceled', 'closure', 'declined'))
           and not exists (select 1 from bookings b where b.submission_id = s.id and b.state <> 'canceled') as canceled,
         exists (select 1 from waiting_list w where w.submission_id = s.id and w.state in ('waiting', 'offered')) as waiting
       from submissions s where s.id = any(?)`,
      [ids]
    )
  const facts = new Map(rows.map((row) => [row.id, row]))
  return new Map(
    submissions.map((submission) => {
      const { canceled, waiting } = facts.get(submission.id) ?? { canceled: false, waiting: false }
      const settled = ['replying', 'closed', 'handing_over'].includes(submission.state)
      const word =
        settled && waiting
          ? 'waiting_for_place'
          : settled && canceled
            ? 'booking_canceled'
            : submission.state
      return [submission.id, word]
    })
  )
}
