import db from '@adonisjs/lucid/services/db'
import { answerSealContext } from '#app/batches/pieces/piece'
import type { Queries } from '#app/core/queries'
import type { Sealer } from '#app/core/sealing'

/** An answer of one person as it is kept: values in their compared form, or why it can't be done; both where a stop came in between. */
export interface Given {
  values?: Record<string, string>
  cannot?: string
}

export interface Answer {
  id: string
  pass: number
  userId: string
  /** by the fields' keys; null where it could not be done */
  values: Record<string, string> | null
  cannot: string | null
}

/** Opens what was answered to a piece in a round, in the order of passes. */
export async function answersOf(
  piece: { id: string; round: number },
  sealer: Sealer,
  client: Queries = db
): Promise<Answer[]> {
  const rows: {
    id: string
    pass: number
    user_id: string
    given: Buffer | null
  }[] = await client
    .from('piece_answers')
    .where({ piece_id: piece.id, round: piece.round })
    .orderBy('pass')
    .select('id', 'pass', 'user_id', 'given')
  return rows.map(({ id, pass, user_id: userId, given }) => ({
    id,
    pass,
    userId,
    ...openGiven(sealer, id, given),
  }))
}

/** Opens what one answer gave; nothing once it has been removed. */
export function openGiven(
  sealer: Sealer,
  id: string,
  given: Buffer | null
): Pick<Answer, 'values' | 'cannot'> {
  const opened = given ? sealer.openJson<Given>(answerSealContext(id), given) : {}
  return { values: opened.values ?? null, cannot: opened.cannot ?? null }
}

/** The keys of the fields that two answers give differently. */
export function differing(
  fields: { key: string }[],
  one: Record<string, string>,
  other: Record<string, string>
): string[] {
  return fields.flatMap(({ key }) => ((one[key] ?? '') === (other[key] ?? '') ? [] : key))
}
