import type Disclosure from '#app/center/residents/disclosure'
import type User from '#app/people/user'
import { type PAPER_ENDS } from '#app/center/retention/disposal'
import type Disposal from '#app/center/retention/disposal'
import { endOriginals } from '#app/intake/end_originals'
import { transition } from '#app/core/transition'

export type Decided = 'done' | 'not_yours' | 'over'

/**
 * Agrees to something asked, or doesn't. That is the client's to do, never the center's, and never theirs who asked for it.
 */
export async function decide(
  user: User,
  asked: Disposal | Disclosure,
  to: 'approved' | 'declined'
): Promise<Decided> {
  if (!mayDecide(user, asked)) return 'not_yours'
  return transition(async (t) => ((await asked.decide(t, to, user)) ? 'done' : 'over'))
}

/** Whether somebody may agree to it: of the client, named for it, and not who asked. */
export function mayDecide(
  user: User,
  { clientId, askedBy }: { clientId: string; askedBy: string | null }
): boolean {
  return user.may('disposals.approve') && clientId === user.organizationId && askedBy !== user.id
}

export interface PaperEnd {
  how: (typeof PAPER_ENDS)[number]
  /** `YYYY-MM-DD` */
  on: string
  receipt: string
}

/** Keeps what became of the paper of a list that was carried out. @returns false where that was kept before, or is too early */
export async function endPaper(user: User, disposal: Disposal, end: PaperEnd): Promise<boolean> {
  return transition(async (t) => {
    const [kept]: unknown[] = await t.trx
      .from('disposals')
      .where({ id: disposal.id, state: 'carried_out' })
      .whereNull('paper')
      .update({ paper: end.how, paper_on: end.on, paper_receipt: end.receipt, paper_by: user.id })
      .returning(['id'])
    if (!kept) return false
    const erased: { id: string }[] = await t.trx
      .from('disposal_items')
      .where({ disposal_id: disposal.id, record: 'submission', outcome: 'erased' })
      .select('record_id as id')
    await endOriginals(
      t,
      erased.map(({ id }) => id),
      end.how
    )
    t.recordOnly({
      verb: `disposal.paper_${end.how}`,
      subject: { type: 'disposal', id: disposal.id },
      clientId: disposal.clientId,
      actorId: user.id,
      detail: { on: end.on, receipt: end.receipt },
    })
    return true
  })
}
