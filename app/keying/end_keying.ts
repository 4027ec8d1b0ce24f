import type { Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import type Assignment from '#app/tasks/assignment'
import { endAssignment } from '#app/tasks/end_assignment'
import { draftSealContext, type Draft } from '#app/tasks/keep_alive'
import { keepDraft } from '#app/tasks/keep_draft'

/**
 * Ends a task of keying. After the lease has run out nothing is entered: the values stay as a draft that the same person
 * finds again.
 * @returns false when it had run out
 */
export async function endKeying(
  t: Transition,
  assignment: Assignment,
  sealer: Sealer,
  values: Record<string, string>
): Promise<boolean> {
  if (await endAssignment(t, assignment, 'done')) return true
  const draft: Draft = { values }
  await keepDraft(t, assignment.id, sealer.sealJson(draftSealContext(assignment.id), draft))
  return false
}
