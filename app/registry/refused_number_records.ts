import db from '@adonisjs/lucid/services/db'
import { refusedWith } from '#app/registry/refused_numbers'
import { eraseRecord, rowsUnder, type ResidentRecords } from '#app/submissions/resident_records'

/** Numbers at which nobody is called: those that stand on the resident's requests. Somebody else may share the phone. */
export const refusedNumbers: ResidentRecords = {
  name: 'refused_number',

  async find({ clientId, facts, only }) {
    const found = await refusedWith(
      clientId,
      only ?? facts.map(({ phone }) => phone),
      only ? 'id' : 'phone'
    )
    return found.map(({ id, phone, at }) => ({
      id,
      at,
      isSure: false,
      says: [['phone', phone]],
    }))
  },

  erase: (id, by) =>
    eraseRecord('refused_number', id, by, async (t) => {
      const [row]: { data_key_id: string | null; client_id: string }[] = await t.trx
        .from('refused_numbers')
        .where('id', id)
        .delete()
        .returning(['data_key_id', 'client_id'])
      return row ? { dataKeyId: row.data_key_id, clientId: row.client_id } : null
    }),
  under: (keys) => rowsUnder('refused_numbers', keys),
  remains: async (id) => (await db.from('refused_numbers').where('id', id).first()) !== null,
}
