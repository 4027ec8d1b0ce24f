import db from '@adonisjs/lucid/services/db'
import { show } from '#app/catalog/field_values'
import { frozenVersion } from '#app/catalog/frozen_version'
import type User from '#app/people/user'
import { recordLook } from '#app/submissions/record_look'
import { submissionPanels } from '#app/submissions/submission_panel'
import { wordsFor } from '#app/submissions/list_submissions'
import { latestValues } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'

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
  await recordLook(user, submission)
  const pictured: number[] = []
  for (const panel of submissionPanels.all())
    pictured.push(...((await panel.pictured?.(submission)) ?? []))
  return {
    submission,
    word: (await wordsFor([submission])).get(submission.id),
    version,
    erased,
    revision: latest?.revision ?? null,
    groups: version.description.groups.map((group) => ({
      ...group,
      onPaper: pictured.includes(group.page),
      values: group.fields.map((field) => {
        const standing = latest?.values.get(field.key)
        return {
          label: field.label[locale],
          text: standing ? show(field, standing.value, locale) : null,
          basis: standing?.basis ?? null,
        }
      }),
    })),
    panels: await panelsOf(submission, user, erased),
    events: await timelineOf(submission.id, user),
  }
}

async function panelsOf(submission: Submission, user: User, erased: boolean) {
  const shown = []
  for (const panel of submissionPanels.all()) {
    if (erased && !panel.whenErased) continue
    const own = await panel.load(submission, user)
    if (own) shown.push({ view: panel.view, at: panel.at, own })
  }
  return shown
}

/** Every step, who and when. A client sees that the center worked, not which of its people. */
async function timelineOf(submissionId: string, user: User): Promise<EventRow[]> {
  const rows: (EventRow & { organization: string | null })[] = await db
    .from('events')
    .leftJoin('users', 'users.id', 'events.actor_id')
    .where('events.submission_id', submissionId)
    .orderBy('events.sequence')
    .select(
      'events.verb',
      'events.detail',
      'events.at',
      'users.display_name as actor',
      'users.organization_id as organization'
    )
  return rows.map((row) => ({
    ...row,
    actor: user.worksForCenter || row.organization === user.organizationId ? row.actor : null,
  }))
}
