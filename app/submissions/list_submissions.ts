import { submissionListeners } from '#app/submissions/submission_listener'
import { plainLabel } from '#app/catalog/plain_label'
import type { Text } from '#app/catalog/description'
import { frozenVersion } from '#app/catalog/frozen_version'
import type User from '#app/people/user'
import { latestValuesOf, valueIn } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'

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
      t.recordOnly({
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
  const settled = submissions.filter(({ state }) =>
    ['replying', 'closed', 'handing_over'].includes(state)
  )
  const words = new Map<string, string>(submissions.map(({ id, state }) => [id, state]))
  if (settled.length === 0) return words
  const ids = settled.map(({ id }) => id)
  for (const listener of submissionListeners.all())
    for (const [id, word] of (await listener.words?.(ids)) ?? []) words.set(id, word)
  return words
}
