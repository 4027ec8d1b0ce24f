import { snippetOfGroup } from '#app/intake/snippet_of_group'
import type Assignment from '#app/work/assignment'
import { submissionOf } from '#app/work/own_assignment'

/** The picture of the group that a task is about; null where its side never came. */
export async function snippetOfTask(assignment: Assignment): Promise<Buffer | null> {
  const { submission, version } = await submissionOf(assignment)
  return snippetOfGroup(submission.id, version, assignment.task.groupKey)
}
