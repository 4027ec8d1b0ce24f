import { snippetOfGroup } from '#app/keying/snippet_of_group'
import type Assignment from '#app/tasks/assignment'
import { submissionOf } from '#app/tasks/own_assignment'

/** The picture of the group that a task is about; null where its side never came. */
export async function snippetOfTask(assignment: Assignment): Promise<Buffer | null> {
  const { submission, version } = await submissionOf(assignment)
  return snippetOfGroup(submission.id, version, assignment.task.groupKey)
}
