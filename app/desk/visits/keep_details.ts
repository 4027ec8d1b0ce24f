import type User from '#app/people/user'
import { giveBackHold } from '#app/desk/visits/hold_place'
import Submission from '#app/submissions/submission'
import { slotsOf } from '#app/handover/connectors'
import { wishesOf } from '#app/catalog/handover_rules'
import type { Field } from '#app/catalog/description'
import type { Problem } from '#app/catalog/fields/field_kind'
import type ServiceVersion from '#app/catalog/service_version'
import { checkTyped, personFields, withoutNeedless } from '#app/desk/visits/open_person'
import type { CurrentPerson } from '#app/desk/visits/current_person'
import { sealDraft } from '#app/desk/visits/live_draft'
import { contactOf } from '#app/registry/contact'
import { factsOf } from '#app/submissions/search_tokens'
import { askingPerson, personToken } from '#app/submissions/person_token'
import { transition } from '#app/core/transition'

/** Returns the fields asked once it is known who it is. A wish is asked only where it decides what can be offered. */
export function detailFields(version: ServiceVersion): Field[] {
  const { person, handover } = version.description
  const known = [
    ...personFields(version).map((field) => field.key),
    person.askedBy,
    person.watchword,
    ...(slotsOf(version).asksWishes ? [] : wishesOf(handover)),
  ]
  return version.fields.filter((field) => !known.includes(field.key))
}

export type Kept = { ok: true } | { ok: false; problems: Record<string, Problem> }

/** Keeps what was asked and confirmed aloud. Changed facts of the person are checked like any other. */
export async function keepDetails(
  user: User,
  person: CurrentPerson,
  typed: Record<string, string>
): Promise<Kept> {
  const { submission, sealer, draft, asked } = person
  const { version } = asked
  const all = [...personFields(version), ...detailFields(version)].map((field) => field.key)
  const given = all.filter((key) => key in typed)
  const checked = checkTyped(version, given, typed)
  const { values } = checked
  const problems = withoutNeedless(version, checked.problems)
  const next = { ...draft, values: { ...draft.values, ...values } }
  const open = detailFields(version).filter(
    (field) => field.required && !next.values[field.key] && !problems[field.key]
  )
  for (const field of open) problems[field.key] = 'required'
  Object.assign(
    problems,
    await slotsOf(version).problems(submission, version, next.values, problems)
  )
  const complete = Object.keys(problems).length === 0
  await transition(async (t) => {
    const value = (field: string | undefined) => (field && next.values[field]) || ''
    const locked = await Submission.query({ client: t.trx })
      .where({ id: submission.id, state: 'collecting' })
      .forUpdate()
      .first()
    if (!locked) return
    // A place that was held for other answers is held no longer.
    await giveBackHold(t, locked)
    const contact = await contactOf(
      {
        submissionId: submission.id,
        clientId: submission.clientId,
        facts: factsOf(version.description.person, value),
      },
      t.trx
    )
    const apart = next.apart || (contact.isProtected && !next.hides)
    await locked
      .merge({
        // What was typed stays, also where something is wrong with it.
        draft: sealDraft(submission.id, sealer, { ...next, complete, apart }),
        person: personToken(askingPerson({ submission, version, value, apart })),
        protected: contact.isProtected,
      })
      .save()
    if (complete)
      t.record({
        verb: 'person.confirmed',
        subject: { type: 'submission', id: submission.id },
        clientId: submission.clientId,
        submissionId: submission.id,
        actorId: user.id,
      })
  })
  return complete ? { ok: true } : { ok: false, problems }
}
