import { randomInt } from 'node:crypto'
import db from '@adonisjs/lucid/services/db'
import { newId } from '#app/core/ids'
import { blindIndex, blindIndexes } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

const COUNT = 10
const LENGTH = 10
/** Letters and digits that nobody takes for another; 31 of them, ten long: 49 bits each. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789'

const purposeOf = (userId: string) => `recovery_code:${userId}`

/** Gives somebody new recovery codes instead of those they had; they are read here and never again. */
export async function issueRecoveryCodes(t: Transition, userId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, () =>
    Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  )
  await t.trx.from('recovery_codes').where('user_id', userId).delete()
  await t.trx.table('recovery_codes').multiInsert(
    codes.map((code) => ({
      id: newId(),
      user_id: userId,
      hash: blindIndex(code, purposeOf(userId)),
    }))
  )
  return codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`)
}

/** Uses up a recovery code; false where it is none of this person's, or was used. */
export async function useRecoveryCode(t: Transition, userId: string, typed: string) {
  const code = typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
  if (code.length !== LENGTH) return false
  const used = await t.trx
    .from('recovery_codes')
    .where('user_id', userId)
    .whereIn('hash', blindIndexes(code, purposeOf(userId)))
    .whereNull('used_at')
    .update({ used_at: t.trx.raw('now()') })
  return Number(used) === 1
}

/** Counts the recovery codes that somebody has left. */
export async function recoveryCodesLeft(userId: string): Promise<number> {
  const [{ count }] = await db
    .from('recovery_codes')
    .where('user_id', userId)
    .whereNull('used_at')
    .count('* as count')
  return Number(count)
}
