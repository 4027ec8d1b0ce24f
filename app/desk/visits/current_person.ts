import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import { frozenVersion } from '#app/catalog/frozen_version'
import { openDraft, type LiveDraft } from '#app/desk/visits/live_draft'
import type Visit from '#app/desk/visits/visit'
import type { AskedFor } from '#app/submissions/asked_for'
import Submission from '#app/submissions/submission'
import { openSealer, type Sealer } from '#app/core/sealing'

export interface CurrentPerson {
  submission: Submission
  sealer: Sealer
  draft: LiveDraft
  asked: AskedFor
}

/** Opens the newest submission of a visit that is still collecting: who is being helped right now; null before that. */
export async function currentPerson(
  visit: Visit,
  client: Queries = db
): Promise<CurrentPerson | null> {
  const submission = await Submission.query()
    .where({ visitId: visit.id, state: 'collecting' })
    .orderBy('createdAt', 'desc')
    .first()
  return submission && openPerson(submission, client)
}

/** The same, by its id only. */
export async function currentSubmissionId(visitId: string): Promise<string | null> {
  const row: { id: string } | null = await db
    .from('submissions')
    .where({ visit_id: visitId, state: 'collecting' })
    .orderBy('created_at', 'desc')
    .select('id')
    .first()
  return row?.id ?? null
}

/** A submission that is still collecting, with its draft. */
export async function openPerson(
  submission: Submission,
  client: Queries = db
): Promise<CurrentPerson> {
  const sealer = await openSealer(submission.dataKeyId, client)
  const draft = openDraft(submission, sealer)
  const version = await frozenVersion(submission.serviceVersionId, client)
  return { submission, sealer, draft, asked: asking(submission, version, draft) }
}

/** Returns what is asked for, as far as the draft tells. */
export function asking(
  submission: Submission,
  version: AskedFor['version'],
  draft: LiveDraft
): AskedFor {
  return {
    submission,
    version,
    value: (field) => (field && draft.values[field]) || '',
    dose: draft.dose,
    apart: draft.apart,
  }
}
