import db from '@adonisjs/lucid/services/db'
import { openSealer } from '#app/core/sealing'
import type Assignment from '#app/tasks/assignment'
import { draftSealContext, type Draft } from '#app/tasks/keep_alive'

/** Opens what this person had typed of the task before, in this lease or an earlier one. */
export async function latestDraft(assignment: Assignment, dataKeyId: string): Promise<Draft> {
  const row: { id: string; draft: Buffer } | null = await db
    .from('assignments')
    .where({ task_id: assignment.taskId, user_id: assignment.userId })
    .whereNotNull('draft')
    .orderBy('fence', 'desc')
    .select('id', 'draft')
    .first()
  if (!row) return {}
  const kept = (await openSealer(dataKeyId)).openJson<Draft | Record<string, string>>(
    draftSealContext(row.id),
    row.draft
  )
  // Drafts of earlier versions are the keyed texts alone.
  return isDraft(kept) ? kept : { values: kept as Record<string, string> }
}

function isDraft(kept: Draft | Record<string, string>): kept is Draft {
  return [kept.values, kept.chosen].some((part) => typeof part === 'object')
}
