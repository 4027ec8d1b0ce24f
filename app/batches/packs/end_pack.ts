import type User from '#app/people/user'
import { endPacks } from '#app/batches/packs/end_packs'
import { endAssignment } from '#app/tasks/end_assignment'
import { leaseOfPack } from '#app/tasks/promised_tasks'
import { transition } from '#app/core/transition'

/** Somebody stops in the middle of a pack: the piece at hand and what is left go to others; what is done counts. */
export async function endPack(user: User, packId: string): Promise<void> {
  const current = await leaseOfPack(user.id, packId)
  await transition(async (t) => {
    if (current) await endAssignment(t, current, 'given_back')
    await endPacks(t, [packId], 'ended', user.id)
  })
}
