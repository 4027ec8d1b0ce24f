import db from '@adonisjs/lucid/services/db'
import { numberTokens, tellingTokens } from '#app/registry/resident_tokens'
import type { Transition } from '#app/core/transition'
import {
  eraseRecord,
  rowsUnder,
  type Resident,
  type ResidentRecords,
} from '#app/submissions/resident_records'

/** Records of a resident that are found by tokens in a table of their own. */
interface KeptByTokens {
  name: string
  table: string
  tokens: string
  /** the column of the tokens that names the record */
  of: string
  /** what goes with it */
  erased?: (t: Transition, id: string, actorId: string | null) => Promise<void>
}

/** Erases them so that the row, which letters may name, stays and says nothing any more. */
export function keptByTokens({
  name,
  table,
  tokens,
  of,
  erased,
}: KeptByTokens): Pick<ResidentRecords, 'name' | 'erase' | 'under' | 'remains'> {
  return {
    name,
    erase: (id, by) =>
      eraseRecord(name, id, by, async (t) => {
        const { length: removed } = await t.trx
          .from(tokens)
          .where(of, id)
          .delete()
          .returning(['token'])
        const row: { data_key_id: string; client_id: string; wrapped: string | null } | null =
          await t.trx
            .from(`${table} as r`)
            .join('data_keys as k', 'k.id', 'r.data_key_id')
            .where('r.id', id)
            .select('r.data_key_id', 'r.client_id', 'k.wrapped')
            .first()
        if (row === null || (row.wrapped === null && removed === 0)) return null
        await erased?.(t, id, by.actorId ?? null)
        return { dataKeyId: row.data_key_id, clientId: row.client_id }
      }),
    under: (keys) => rowsUnder(table, keys),
    async remains(id) {
      const { rows } = await db.rawQuery<{ rows: unknown[] }>(
        `select 1 from ${table} r join data_keys k on k.id = r.data_key_id where r.id = :id and (k.wrapped is not null
           or exists (select 1 from ${tokens} t where t.${of} = r.id))`,
        { id }
      )
      return rows.length > 0
    },
  }
}

/**
 * Finds a resident's records: surely theirs by kana and birth date, perhaps theirs by number alone.
 * @param ways to load them by tokens, and by id where they were found before
 */
export async function findByTokens<T extends { id: string }>(
  resident: Resident,
  ways: { told: (tokens: string[]) => Promise<T[]>; named: (ids: string[]) => Promise<T[]> }
): Promise<{ one: T; isSure: boolean }[]> {
  if (resident.only) return (await ways.named(resident.only)).map((one) => ({ one, isSure: true }))
  const sure = await ways.told(tellingTokens(resident))
  const known = new Set(sure.map(({ id }) => id))
  const others = (await ways.told(numberTokens(resident))).filter(({ id }) => !known.has(id))
  return [
    ...sure.map((one) => ({ one, isSure: true })),
    ...others.map((one) => ({ one, isSure: false })),
  ]
}
