import i18nManager from '@adonisjs/i18n/services/main'
import { DateTime } from 'luxon'
import Incident, { storySealContext, type Step } from '#app/center/incidents/incident'
import Person from '#app/people/user'
import type User from '#app/people/user'
import { visibleTo } from '#app/people/client_scope'
import { addLegalHold } from '#app/submissions/legal_hold'
import { spokenReceipt } from '#app/submissions/receipt_number'
import Submission from '#app/submissions/submission'
import { TIME_ZONE } from '#app/core/clock'
import { writeMail } from '#app/core/mail/write_mail'
import { newId } from '#app/core/ids'
import { createSealer, openSealer } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'

export interface IncidentFacts {
  kind: Incident['kind']
  /** `YYYY-MM-DDTHH:MM`, Tokyo */
  knownAt: string
  keysLeaked: boolean
  improper: boolean
  story: string
}

/** Opens an incident of a client, and tells its people who have an address. @returns its id */
export async function openIncident(
  user: User,
  clientId: string,
  facts: IncidentFacts
): Promise<string> {
  return transition(async (t) => {
    const id = newId()
    const sealer = await createSealer(t.trx, 'incident')
    const { kind, keysLeaked, improper } = facts
    const incident = await Incident.create(
      {
        id,
        clientId,
        kind,
        keysLeaked,
        improper,
        knownAt: DateTime.fromISO(facts.knownAt, { zone: TIME_ZONE }),
        dataKeyId: sealer.dataKeyId,
        story: sealer.sealText(storySealContext(id), facts.story),
        openedBy: user.id,
      },
      { client: t.trx }
    )
    await incident.refresh()
    t.recordOnly({
      verb: 'incident.opened',
      subject: { type: 'incident', id },
      clientId,
      actorId: user.id,
      detail: { to: 'open', kind },
    })
    await mailClient(t, incident)
    return id
  })
}

async function mailClient(t: Transition, incident: Incident): Promise<void> {
  const people = await Person.query({ client: t.trx })
    .where('organizationId', incident.clientId)
    .withScopes((scopes) => scopes.whoMay('incidents.see'))
    .whereNull('leftAt')
    // Whom it may be about isn't told.
    .whereNull('frozenAt')
    .whereNotNull('email')
  for (const person of people) {
    const words = i18nManager.locale(person.locale)
    await writeMail(t, {
      purpose: 'notice',
      to: person.email!,
      subject: words.t('incidents.mail_subject', { number: incident.number }),
      text: words.t('incidents.mail_text', { number: incident.number }),
      userId: person.id,
      clientId: incident.clientId,
    })
  }
}

/** Keeps other facts of an open incident. @returns false where it is closed */
export async function changeIncident(
  user: User,
  incident: Incident,
  facts: IncidentFacts
): Promise<boolean> {
  return transition(async (t) => {
    const open = await locked(t, incident)
    if (!open) return false
    const sealer = await openSealer(open.dataKeyId, t.trx)
    await open
      .merge({
        kind: facts.kind,
        keysLeaked: facts.keysLeaked,
        improper: facts.improper,
        knownAt: DateTime.fromISO(facts.knownAt, { zone: TIME_ZONE }),
        story: sealer.sealText(storySealContext(open.id), facts.story),
      })
      .save()
    note(t, user, open, 'changed')
    return true
  })
}

/** Names a request that it is about, which is held from now on. @returns what is wrong, or null */
export async function nameRequest(
  user: User,
  incident: Incident,
  typed: string
): Promise<'unknown' | 'over' | null> {
  const spoken = spokenReceipt(typed)
  if (!spoken || !('receipt' in spoken)) return 'unknown'
  return transition(async (t) => {
    const open = await locked(t, incident)
    if (!open) return 'over'
    const submission = await visibleTo(Submission.query({ client: t.trx }), user)
      .where('submissions.client_id', open.clientId)
      .where('receipt', spoken.receipt)
      .forUpdate()
      .first()
    if (!submission) return 'unknown'
    await t.trx
      .table('incident_submissions')
      .insert({ incident_id: open.id, submission_id: submission.id })
      .onConflict()
      .ignore()
    const reason = i18nManager.locale('ja').t('incidents.hold_reason', { number: open.number })
    await addLegalHold(t, user, submission, reason)
    note(t, user, open, 'request_named', submission.id)
    return null
  })
}

/** Names somebody who works here and may have to do with it. @returns what is wrong, or null */
export async function namePerson(
  user: User,
  incident: Incident,
  login: string
): Promise<'unknown' | 'over' | null> {
  return transition(async (t) => {
    const open = await locked(t, incident)
    if (!open) return 'over'
    const person = await Person.query({ client: t.trx }).where('login', login).first()
    if (!person) return 'unknown'
    await t.trx
      .table('incident_people')
      .insert({ incident_id: open.id, user_id: person.id })
      .onConflict()
      .ignore()
    note(t, user, open, 'person_named')
    return null
  })
}

/** Keeps that a step is done. @returns false where it was, or the incident is closed */
export async function doStep(
  user: User,
  incident: Incident,
  step: Step,
  on: string
): Promise<boolean> {
  return transition(async (t) => {
    const open = await locked(t, incident)
    if (!open) return false
    const inserted: unknown[] = await t.trx
      .knexQuery()
      .insert({ incident_id: open.id, step, done_on: on, done_by: user.id })
      .into('incident_steps')
      .onConflict()
      .ignore()
      .returning('step')
    if (inserted.length === 1) note(t, user, open, step)
    return inserted.length === 1
  })
}

function locked(t: Transition, { id }: Incident): Promise<Incident | null> {
  return Incident.query({ client: t.trx }).where({ id, state: 'open' }).forUpdate().first()
}

function note(
  t: Transition,
  user: User,
  { id, clientId }: Incident,
  what: string,
  submissionId: string | null = null
): void {
  t.recordOnly({
    verb: `incident.${what}`,
    subject: { type: 'incident', id },
    clientId,
    submissionId,
    actorId: user.id,
  })
}
