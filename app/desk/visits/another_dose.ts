import type User from '#app/people/user'
import { frozenVersion } from '#app/catalog/frozen_version'
import { wasApart } from '#app/desk/visits/was_apart'
import { openPersonOf } from '#app/desk/visits/open_person'
import { slotsOf } from '#app/handover/connectors'
import type Visit from '#app/desk/visits/visit'
import { latestValues } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'

/** One more dose for somebody who was just booked: everything else is known. */
export async function anotherDose(
  user: User,
  visit: Visit,
  submissionId: string,
  dose: string
): Promise<boolean> {
  const before = await Submission.query().where({ id: submissionId, visitId: visit.id }).first()
  const latest = before && (await latestValues(before))
  if (!before || !latest) return false
  const version = await frozenVersion(before.serviceVersionId)
  if (!slotsOf(version).doses(version.description.handover).includes(dose)) return false
  await openPersonOf(user, visit, {
    values: Object.fromEntries([...latest.values].map(([key, { value }]) => [key, value])),
    registered: true,
    complete: true,
    apart: await wasApart(before),
    dose,
  })
  return true
}
