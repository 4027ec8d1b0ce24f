import db from '@adonisjs/lucid/services/db'
import ContactStop from '#app/registry/contact_stop'
import LedgerRow, { ledgerTokens } from '#app/registry/ledger/ledger_row'
import RegisterPerson, {
  REGISTER_COLUMNS,
  REGISTER_FIELDS,
  type RegisteredPerson,
} from '#app/registry/registered_person'
import { registerTokens } from '#app/registry/register_tokens'
import { relativesOf } from '#app/registry/relatives'
import { openLivingSealers } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import { eraseRecord, type Resident, type ResidentRecords } from '#app/submissions/resident_records'
import { searchTokensOf, tellingTerms } from '#app/submissions/search_tokens'

/** Lists the tokens by which a resident is told, as registers, stops and relatives bear them. */
function tellingTokens({ facts }: Resident): string[] {
  return [...new Set(facts.flatMap(tellingTerms).flatMap(searchTokensOf))]
}

function numbersOf({ facts }: Resident): string[] {
  return [...new Set(facts.map(({ number }) => number).filter(Boolean))]
}

function said(person: RegisteredPerson): [string, string][] {
  return REGISTER_FIELDS.filter((key) => person[key] !== '').map((key) => [
    REGISTER_COLUMNS[key].headings[0],
    person[key],
  ])
}

/** A row that is removed whole, with what hangs on it. */
const removed = (table: string, id: string, first?: string) => async (t: Transition) => {
  if (first) await t.trx.from(first).where('person_id', id).delete()
  const [row]: { data_key_id: string; client_id: string }[] = await t.trx
    .from(table)
    .where('id', id)
    .delete()
    .returning(['data_key_id', 'client_id'])
  return row ? { dataKeyId: row.data_key_id, clientId: row.client_id } : null
}

const stands = async (table: string, id: string) =>
  (await db.from(table).where('id', id).first()) !== null

/** Somebody in a register of eligible people: found by number, or kana with birth date. */
export const registeredPeople: ResidentRecords = {
  name: 'register_person',

  async find(resident) {
    const numbers = numbersOf(resident).flatMap(registerTokens)
    const people = await RegisterPerson.query()
      .where('clientId', resident.clientId)
      .where((either) =>
        either
          .whereIn('numberToken', numbers)
          .orWhereIn('id', (sub) =>
            sub
              .from('register_tokens')
              .whereIn('token', tellingTokens(resident))
              .select('person_id')
          )
      )
    const sealers = await openLivingSealers(people.map(({ dataKeyId }) => dataKeyId))
    return people.flatMap((person) => {
      const sealer = sealers.get(person.dataKeyId)
      if (!sealer) return []
      return [{ id: person.id, at: person.updatedAt.toJSDate(), says: said(person.open(sealer)) }]
    })
  },

  // What files said of them before goes as well.
  erase: (id, by) =>
    eraseRecord('register_person', id, by, removed('register_people', id, 'register_changes')),
  remains: (id) => stands('register_people', id),
}

/** A row of a client's ledger, found by its number. */
export const ledgerRows: ResidentRecords = {
  name: 'ledger_row',

  async find(resident) {
    const rows = await LedgerRow.query()
      .where('clientId', resident.clientId)
      .whereIn('numberToken', numbersOf(resident).flatMap(ledgerTokens))
    const sealers = await openLivingSealers(rows.map(({ dataKeyId }) => dataKeyId))
    return rows.flatMap((row) => {
      const sealer = sealers.get(row.dataKeyId)
      if (!sealer) return []
      return [{ id: row.id, at: row.updatedAt.toJSDate(), says: Object.entries(row.open(sealer)) }]
    })
  },

  erase: (id, by) => eraseRecord('ledger_row', id, by, removed('ledger_rows', id)),
  remains: (id) => stands('ledger_rows', id),
}

/** Somebody to whom nothing is sent. */
export const contactStops: ResidentRecords = {
  name: 'contact_stop',

  async find(resident) {
    const stops = await ContactStop.query()
      .where('clientId', resident.clientId)
      .whereIn('id', (sub) =>
        sub.from('contact_stop_tokens').whereIn('token', tellingTokens(resident)).select('stop_id')
      )
    const sealers = await openLivingSealers(stops.map(({ dataKeyId }) => dataKeyId))
    return stops.flatMap((stop) => {
      const sealer = sealers.get(stop.dataKeyId)
      if (!sealer) return []
      return [{ id: stop.id, at: stop.createdAt.toJSDate(), says: said(stop.open(sealer)) }]
    })
  },

  erase: (id, by) => eraseRecord('contact_stop', id, by, removed('contact_stops', id)),
  remains: (id) => stands('contact_stops', id),
}

/** Family of the resident, with their consent. */
export const relativeRecords: ResidentRecords = {
  name: 'relative',

  async find({ clientId, facts }) {
    const found = (await Promise.all(facts.map((one) => relativesOf(clientId, one)))).flat()
    return [...new Map(found.map((one) => [one.id, one])).values()].map((one) => ({
      id: one.id,
      at: new Date(`${one.consentOn}T00:00:00+09:00`),
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
      await t.trx.from('relative_tokens').where('relative_id', id).delete()
      const row: { data_key_id: string; client_id: string; wrapped: string | null } | null =
        await t.trx
          .from('relatives as r')
          .join('data_keys as k', 'k.id', 'r.data_key_id')
          .where('r.id', id)
          .select('r.data_key_id', 'r.client_id', 'k.wrapped')
          .first()
      return row?.wrapped ? { dataKeyId: row.data_key_id, clientId: row.client_id } : null
    }),
  async remains(id) {
    const row = await db
      .from('relatives as r')
      .join('data_keys as k', 'k.id', 'r.data_key_id')
      .where('r.id', id)
      .whereNotNull('k.wrapped')
      .first()
    return row !== null
  },
}
