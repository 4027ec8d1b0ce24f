import type { Infer } from '@vinejs/vine/types'
import type {
  engagementValidator,
  qualificationValidator,
} from '#app/people/engagements/engagement_form'
import Engagement from '#app/people/engagements/engagement'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** Keeps the terms on which somebody works, with an event that says which have changed. */
export async function keepEngagement(
  actor: User,
  person: User,
  typed: Infer<typeof engagementValidator>
): Promise<void> {
  await transition(async (t) => {
    await t.trx.rawQuery('select id from users where id = ? for no key update', [person.id])
    const known = await Engagement.find(person.id, { client: t.trx })
    const terms = known ?? new Engagement().useTransaction(t.trx)
    terms.merge({
      userId: person.id,
      kind: typed.kind,
      startsOn: typed.starts_on,
      endsOn: typed.ends_on ?? null,
      ndaUntil: typed.nda_until ?? null,
      trainedOn: typed.trained_on ?? null,
      region: typed.region ?? null,
      needsChildcare: typed.needs_childcare ?? false,
      changedBy: actor.id,
    })
    await terms.save()
    t.recordOnly({
      verb: 'engagement.changed',
      subject: { type: 'user', id: person.id },
      actorId: actor.id,
      detail: {
        kind: terms.kind,
        starts_on: terms.startsOn,
        ends_on: terms.endsOn,
        nda_until: terms.ndaUntil,
        trained_on: terms.trainedOn,
      },
    })
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
