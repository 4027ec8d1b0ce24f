import db from '@adonisjs/lucid/services/db'
import type User from '#app/people/user'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'

/** A thing that is lent to somebody: a machine, a token, a key. */
export interface Loan {
  id: string
  what: string
  number: string | null
  lent_on: string
  returned_on: string | null
}

/** Lists what was lent to somebody, what is out first. */
export function loansOf(userId: string): Promise<Loan[]> {
  return db
    .from('loans')
    .where('user_id', userId)
    .orderByRaw('returned_on is not null, lent_on desc, id')
    .select('id', 'what', 'number', 'lent_on', 'returned_on')
}

/** Counts what is lent to somebody and not back. */
export async function countOut(userId: string): Promise<number> {
  const out = await db.from('loans').where('user_id', userId).whereNull('returned_on').select('id')
  return out.length
}

/** Keeps that something is lent from a day (`YYYY-MM-DD`) on. */
export async function lend(
  actor: User,
  person: User,
  { what, number, on }: { what: string; number: string | null; on: string }
): Promise<void> {
  await transition(async (t) => {
    await t.trx.table('loans').insert({
      id: newId(),
      user_id: person.id,
      what,
      number,
      lent_on: on,
      kept_by: actor.id,
    })
    t.recordOnly({
      verb: 'loan.lent',
      subject: { type: 'user', id: person.id },
      actorId: actor.id,
      detail: { what, number },
    })
  })
}

/** Keeps that it came back. @returns false where it isn't out, or was lent after that day */
export async function takeBackLoan(
  actor: User,
  person: User,
  id: string,
  on: string
): Promise<boolean> {
  return transition(async (t) => {
    const [back]: { what: string }[] = await t.trx
      .from('loans')
      .where({ id, user_id: person.id })
      .whereNull('returned_on')
      .where('lent_on', '<=', on)
      .update({ returned_on: on })
      .returning(['what'])
    if (!back) return false
    t.recordOnly({
      verb: 'loan.returned',
      subject: { type: 'user', id: person.id },
      actorId: actor.id,
      detail: { what: back.what },
    })
    return true
  })
}
