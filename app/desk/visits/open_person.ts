import type User from '#app/people/user'
import type { PersonFields } from '#app/catalog/description'
import { newestVersion } from '#app/catalog/frozen_version'
import { normalize } from '#app/catalog/field_values'
import type { Problem } from '#app/catalog/fields/field_kind'
import type ServiceVersion from '#app/catalog/service_version'
import { sealDraft, type LiveDraft } from '#app/desk/visits/live_draft'
import { relayedNumber } from '#app/desk/calls/relayed_number'
import type Visit from '#app/desk/visits/visit'
import { contactOf } from '#app/registry/contact'
import { nameOnMail } from '#app/registry/registered_person'
import type { Registered } from '#app/registry/find_registered'
import { askingPerson, personToken } from '#app/submissions/person_token'
import { factsOf } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'
import { newWatchword } from '#app/desk/visits/watchword'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { createSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

/** The fields that tell who somebody is, in the order of the form. */
export function personFields(version: ServiceVersion) {
  const { number, kana, name, birthDate, postcode, address, phone } = version.description.person
  const names = [number, kana, name, birthDate, postcode, address, phone]
  return version.fields.filter((field) => names.includes(field.key))
}

/** Names the fields of a protected person's address and phone: never on a screen or paper that others may see. */
export function hiddenFields(version: ServiceVersion): string[] {
  const { postcode, address, phone } = version.description.person
  return [postcode, address, phone].flatMap((key) => key ?? [])
}

/** Fields of a service, filled from the client's register. */
export function fromRegister(fields: PersonFields, registered: Registered): Record<string, string> {
  // Who has no name in kanji goes by the one that stands on mail; who has no kana, by the Latin name.
  const known = {
    ...registered,
    name: registered.name || nameOnMail(registered),
    kana: registered.kana || registered.latinName,
  }
  const pairs = (
    ['number', 'kana', 'name', 'birthDate', 'postcode', 'address', 'phone'] as const
  ).map((key) => [fields[key], known[key]] as const)
  return Object.fromEntries(pairs.flatMap(([field, value]) => (field ? [[field, value]] : [])))
}

/** Brings typed texts into their compared form, with what is doubtful about each. */
export function checkTyped(
  version: ServiceVersion,
  keys: string[],
  typed: Record<string, string>
): { values: Record<string, string>; problems: Record<string, Problem> } {
  const checked = keys.map((key) => [key, normalize(version.field(key), typed[key] ?? '')] as const)
  return {
    values: Object.fromEntries(checked.map(([key, { value }]) => [key, value])),
    problems: Object.fromEntries(
      checked.flatMap(([key, { problem }]) => (problem ? [[key, problem]] : []))
    ),
  }
}

/** Somebody without a phone, or who left the voucher at home, is helped as well: name and birth date will do. */
export function withoutNeedless(
  version: ServiceVersion,
  problems: Record<string, Problem>
): Record<string, Problem> {
  const { number, phone, birthDate } = version.description.person
  return Object.fromEntries(
    Object.entries(problems).filter(
      ([key, problem]) =>
        !(birthDate && problem === 'required' && (key === number || key === phone))
    )
  )
}

/** Opens a submission for somebody who stands at the counter or is on the line. */
export async function openPersonOf(
  user: User,
  visit: Visit,
  draft: LiveDraft
): Promise<Submission> {
  const version = await newestVersion(visit.serviceId)
  return transition((t) => openLive(t, user, visit, version, draft))
}

async function openLive(
  t: Transition,
  user: User,
  visit: Visit,
  version: ServiceVersion,
  draft: LiveDraft
): Promise<Submission> {
  const id = newId()
  const sealer = await createSealer(t.trx, 'submission')
  const { askedBy, watchword, phone } = version.description.person
  const relayed = await relayedNumber(visit)
  const values: Record<string, string> = {
    ...draft.values,
    ...(askedBy ? { [askedBy]: visit.askedBy ?? '' } : {}),
    ...(relayed && phone ? { [phone]: relayed } : {}),
    ...(watchword ? { [watchword]: draft.values[watchword] || (await newWatchword(t.trx)) } : {}),
  }
  const value = (field: string | undefined) => (field && values[field]) || ''
  const contact = await contactOf(
    {
      submissionId: id,
      clientId: visit.clientId,
      facts: factsOf(version.description.person, value),
    },
    t.trx
  )
  // Who speaks of a protected person hears and sees what they would of an unknown name.
  const hides = contact.isProtected && !draft.apart
  const submission = await Submission.open(
    t,
    {
      id,
      clientId: visit.clientId,
      serviceVersionId: version.id,
      dataKeyId: sealer.dataKeyId,
      channel: visit.channel,
      party: visit.party,
      visitId: visit.id,
      askedBy: visit.askedBy,
      consentAt: visit.consentAt,
      arrivedOn: today(),
      state: 'collecting',
      draft: sealDraft(id, sealer, { ...draft, values, hides }),
      protected: contact.isProtected,
    },
    { actorId: user.id, detail: { channel: visit.channel } }
  )
  await submission
    .merge({
      person: personToken(askingPerson({ submission, version, value, apart: draft.apart })),
    })
    .save()
  return submission
}
