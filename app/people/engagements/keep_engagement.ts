import { DateTime } from 'luxon'
import type { Infer } from '@vinejs/vine/types'
import type {
  engagementValidator,
  qualificationValidator,
} from '#app/people/engagements/engagement_form'
import Engagement from '#app/people/engagements/engagement'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition, type Transition } from '#app/core/transition'

/** The terms on which somebody works, as they are kept; dates `YYYY-MM-DD`. */
export type Terms = Pick<
  Engagement,
  'kind' | 'startsOn' | 'endsOn' | 'ndaUntil' | 'trainedOn' | 'region' | 'needsChildcare'
>

/**
 * Keeps the terms on which somebody works, as they were typed.
 * @returns false where somebody else has changed them since they stood on the screen
 */
export async function keepEngagement(
  actor: User,
  person: User,
  typed: Infer<typeof engagementValidator>
): Promise<boolean> {
  return transition(async (t) => {
    await t.trx.rawQuery('select id from users where id = ? for no key update', [person.id])
    const known = await Engagement.find(person.id, { client: t.trx })
    if (known && typed.seen !== seenAs(known)) return false
    await writeTerms(t, actor, person.id, known, {
      kind: typed.kind,
      startsOn: typed.starts_on,
      endsOn: typed.ends_on ?? null,
      ndaUntil: typed.nda_until ?? null,
      trainedOn: typed.trained_on ?? null,
      region: typed.region ?? null,
      needsChildcare: typed.needs_childcare ?? false,
    })
    return true
  })
}

/** Names the state of terms that stands on a screen. */
export function seenAs(terms: Engagement | null): string {
  return terms?.changedAt.toISO() ?? ''
}

/** Writes the terms of somebody whose row is locked, with an event that says what they are. */
export async function writeTerms(
  t: Transition,
  actor: User,
  userId: string,
  known: Engagement | null,
  terms: Terms
): Promise<void> {
  const kept = known ?? new Engagement().useTransaction(t.trx)
  await kept.merge({ ...terms, userId, changedBy: actor.id, changedAt: DateTime.now() }).save()
  t.recordOnly({
    verb: 'engagement.changed',
    subject: { type: 'user', id: userId },
    actorId: actor.id,
    detail: {
      kind: kept.kind,
      starts_on: kept.startsOn,
      ends_on: kept.endsOn,
      nda_until: kept.ndaUntil,
      trained_on: kept.trainedOn,
    },
  })
}

/** Says that somebody has a skill; one that they have already gets another last day. */
export async function keepQualification(
  actor: User,
  person: User,
  { skill, valid_until: until }: Infer<typeof qualificationValidator>
): Promise<void> {
  await transition(async (t) => {
    await t.trx
      .table('qualifications')
      .insert({ id: newId(), user_id: person.id, skill, valid_until: until ?? null })
      .onConflict(['user_id', 'skill'])
      .merge(['valid_until'])
    t.recordOnly({
      verb: 'qualification.added',
      subject: { type: 'user', id: person.id },
      actorId: actor.id,
      detail: { skill, until: until ?? null },
    })
  })
}

/** Takes a skill away from somebody; false where they have none of that name. */
export async function removeQualification(
  actor: User,
  person: User,
  skill: string
): Promise<boolean> {
  return transition(async (t) => {
    const [removed]: string[] = await t.trx
      .from('qualifications')
      .where({ user_id: person.id, skill })
      .delete()
      .returning('id')
    if (!removed) return false
    t.recordOnly({
      verb: 'qualification.removed',
      subject: { type: 'user', id: person.id },
      actorId: actor.id,
      detail: { skill },
    })
    return true
  })
}
