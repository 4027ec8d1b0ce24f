import { endMailing } from '#app/mailings/end_mailing'
import { noteSealContext } from '#app/mailings/mailing'
import { lockMailing } from '#app/mailings/own_mailing'
import { templateOf } from '#app/mailings/templates/template_versions'
import { isNumbered } from '#app/replies/letter'
import { products } from '#app/replies/products/product'
import type User from '#app/people/user'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

/** Keys of messages: why somebody can't decide so now. */
export type Undecided =
  | 'overtaken'
  | 'other_list'
  | 'nothing_goes'
  | 'second_person'
  | 'not_client'
  | 'number_missing'
  | 'in_print'

/** Somebody asks a second person to approve what goes, and what doesn't. */
export async function submitMailing(user: User, id: string): Promise<Undecided | null> {
  return transition(async (t) => {
    const mailing = await lockMailing(t, id, 'checked')
    if (!mailing) return 'overtaken'
    const going: unknown = await t.trx
      .from('mailing_rows')
      .where({ mailing_id: id, state: 'going' })
      .first()
    if (!going) return 'nothing_goes'
    await mailing.submit(t, user)
    return null
  })
}

/**
 * A second person of the client's approves it by a decision (決裁番号) of the client's: its letters are made now. Who asked
 * can't; nor can who has looked at what was submitted before.
 * @param seen when what they looked at was submitted (ms)
 */
export async function approveMailing(
  user: User,
  id: string,
  seen: number,
  numbers: { approvalNumber: string; documentNumber: string | null }
): Promise<Undecided | null> {
  return transition(async (t) => {
    const mailing = await lockMailing(t, id, 'submitted')
    if (!mailing) return 'overtaken'
    if (user.organizationId !== mailing.clientId) return 'not_client'
    if (mailing.submittedBy === user.id) return 'second_person'
    if (mailing.submittedAt?.toMillis() !== seen) return 'other_list'
    const bearsNumber =
      products.get(mailing.product).numbered && isNumbered(await templateOf(mailing, t.trx))
    if (bearsNumber && !numbers.documentNumber) return 'number_missing'
    await mailing.merge(numbers).approve(t, user)
    return null
  })
}

/** It isn't approved, and why; or who asked takes it back. */
export async function sendBackMailing(
  user: User,
  id: string,
  why: string
): Promise<Undecided | null> {
  return transition(async (t) => {
    const mailing = await lockMailing(t, id, 'submitted')
    if (!mailing) return 'overtaken'
    const sealer = await openSealer(mailing.dataKeyId, t.trx)
    await mailing.sendBack(t, user, why ? sealer.sealText(noteSealContext(id), why) : null)
    return null
  })
}

/** States in which a mailing can be canceled. */
export const CANCELABLE = ['preparing', 'checked', 'submitted', 'composing', 'composed'] as const

/** Nothing of it goes. What is in a print run already is pulled there first. */
export async function cancelMailing(user: User, id: string): Promise<Undecided | null> {
  return transition(async (t) => {
    const mailing = await lockMailing(t, id, ...CANCELABLE)
    if (!mailing) return 'overtaken'
    return (await endMailing(t, mailing, user)) ? null : 'in_print'
  })
}
