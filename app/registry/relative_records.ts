import db from '@adonisjs/lucid/services/db'
import { relativesNamed, relativesWith } from '#app/registry/relatives'
import { numberTokens, tellingTokens } from '#app/registry/resident_tokens'
import { eraseRecord, rowsUnder, type ResidentRecords } from '#app/submissions/resident_records'

/** Family of the resident, whether their consent stands or was withdrawn. */
export const relativeRecords: ResidentRecords = {
  name: 'relative',

  async find(resident) {
    const { clientId, only } = resident
    const sure = only
      ? await relativesNamed(clientId, only)
      : await relativesWith(clientId, tellingTokens(resident))
    const known = new Set(sure.map(({ id }) => id))
    const others = only ? [] : await relativesWith(clientId, numberTokens(resident))
    return [...sure, ...others.filter(({ id }) => !known.has(id))].map((one) => ({
      id: one.id,
      at: new Date(`${one.consentOn}T00:00:00+09:00`),
      isSure: known.has(one.id),
      says: [
        ['name', one.name],
        ['relation', one.relation],
        ['phone', one.phone],
        ['address', `${one.postcode} ${one.address}`.trim()],
      ],
    }))
  },

  // Letters that went to them name the row: it stays, and says nothing any more.
  erase: (id, by) =>
    eraseRecord('relative', id, by, async (t) => {
      const { length: tokens } = await t.trx
        .from('relative_tokens')
        .where('relative_id', id)
        .delete()
        .returning(['token'])
      const row: { data_key_id: string; client_id: string; wrapped: string | null } | null =
        await t.trx
          .from('relatives as r')
          .join('data_keys as k', 'k.id', 'r.data_key_id')
          .where('r.id', id)
          .select('r.data_key_id', 'r.client_id', 'k.wrapped')
          .first()
      const isThere = row !== null && (row.wrapped !== null || tokens > 0)
      return isThere ? { dataKeyId: row.data_key_id, clientId: row.client_id } : null
    }),
  under: (keys) => rowsUnder('relatives', keys),
  async remains(id) {
    const { rows } = await db.rawQuery<{ rows: unknown[] }>(
      `select 1 from relatives r join data_keys k on k.id = r.data_key_id where r.id = :id and (k.wrapped is not null
         or exists (select 1 from relative_tokens t where t.relative_id = r.id))`,
      { id }
    )
    return rows.length > 0
  },
}
