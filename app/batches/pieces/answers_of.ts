import db from '@adonisjs/lucid/services/db'
import { answerSealContext } from '#app/batches/pieces/piece'
import type { Queries } from '#app/core/queries'
import type { Sealer } from '#app/core/sealing'

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
    values: Buffer | null
    cannot: string | null
  }[] = await client
    .from('piece_answers')
    .where({ piece_id: piece.id, round: piece.round })
    .orderBy('pass')
    .select('id', 'pass', 'user_id', 'values', 'cannot')
  return rows.map(({ id, pass, user_id: userId, values, cannot }) => ({
    id,
    pass,
    userId,
    cannot,
    values: values && sealer.openJson<Record<string, string>>(answerSealContext(id), values),
  }))
}

/** The keys of the fields that two answers give differently. */
export function differing(
  fields: { key: string }[],
  one: Record<string, string>,
  other: Record<string, string>
): string[] {
  return fields.flatMap(({ key }) => ((one[key] ?? '') === (other[key] ?? '') ? [] : key))
}
