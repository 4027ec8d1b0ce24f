import type { EntryGroup } from '#app/catalog/description'
import type ServiceVersion from '#app/catalog/service_version'
import type Submission from '#app/submissions/submission'
import type { Queries } from '#app/core/queries'
import type { NewTask } from '#app/tasks/add_task'

/** A group whose side came in, and whether its places were found there. */
export interface OnPaper {
  group: EntryGroup
  laidOut: boolean
}

/** A request, with what its service and work order say of keying it. */
export interface KeyedUnder {
  submission: Submission
  homeWorkAgreed: boolean
  dueOn?: string
}

/** The task by which somebody keys a group. */
export function keyTaskOf(
  { submission, homeWorkAgreed, dueOn }: KeyedUnder,
  { group, laidOut }: OnPaper,
  pass: number
): NewTask {
  // A page that could not be laid out is shown whole: that tells who it is, whatever the group.
  const links = laidOut ? group.home : 'never'
  return {
    kind: 'key',
    subject: { type: 'submission', id: submission.id },
    submissionId: submission.id,
    clientId: submission.clientId,
    linkageId: submission.linkageId,
    groupKey: group.key,
    round: submission.round,
    pass,
    dueOn,
    links,
    mayBeAtHome: homeWorkAgreed && links !== 'never',
  }
}

/** Finds whether a request may be keyed at home, and until when. A work order can forbid what the service allows, never the other way round. */
export async function keyedUnder(
  client: Queries,
  submission: Submission,
  service: { homeWorkAgreed: boolean }
): Promise<KeyedUnder> {
  const order: { home_work_agreed: boolean; due_on: string } | null = submission.workOrderId
    ? await client
        .from('work_orders')
        .where('id', submission.workOrderId)
        .select('home_work_agreed', 'due_on')
        .first()
    : null
  return {
    submission,
    homeWorkAgreed: service.homeWorkAgreed && (order?.home_work_agreed ?? true),
    dueOn: order?.due_on,
  }
}

/** Finds the groups of a request that can be keyed: a side that never came has no snippets. */
export async function groupsOnPaper(
  client: Queries,
  submission: Pick<Submission, 'id'>,
  version: ServiceVersion
): Promise<OnPaper[]> {
  const sides: { form_page: number; registered_image: string | null }[] = await client
    .from('pages')
    .where({ submission_id: submission.id, state: 'matched' })
    .whereNull('erased_at')
    .select('form_page', 'registered_image')
  return version.description.groups.flatMap((group) => {
    const side = sides.find((one) => one.form_page === group.page)
    return side ? [{ group, laidOut: side.registered_image !== null }] : []
  })
}
