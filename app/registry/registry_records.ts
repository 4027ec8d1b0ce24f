import db from '@adonisjs/lucid/services/db'
import ContactStop from '#app/registry/contact_stop'
import LedgerRow, { ledgerTokens } from '#app/registry/ledger/ledger_row'
import RegisterPerson, {
  REGISTER_COLUMNS,
  REGISTER_FIELDS,
  type RegisteredPerson,
} from '#app/registry/registered_person'
import { registerTokens } from '#app/registry/register_tokens'
import { numberTokens, tellingTokens } from '#app/registry/resident_tokens'
import { openLivingSealers } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'
import {
  eraseRecord,
  rowsUnder,
  type Resident,
  type ResidentRecords,
} from '#app/submissions/resident_records'

/** Numbers with their service: other services number other people alike. */
function numbersOf({ facts }: Resident): [number: string, serviceId: string][] {
  return facts.flatMap(({ number, serviceId }): [string, string][] =>
    number ? [[number, serviceId]] : []
  )
}

function said(person: RegisteredPerson): [string, string][] {
  return REGISTER_FIELDS.filter((key) => person[key] !== '').map((key) => [
    REGISTER_COLUMNS[key].headings[0],
    person[key],
  ])
}

/** A row that is removed whole. */
const removed = (table: string, id: string) => async (t: Transition) => {
  const [row]: { data_key_id: string; client_id: string }[] = await t.trx
    .from(table)
    .where('id', id)
    .delete()
    .returning(['data_key_id', 'client_id'])
  return row ? { dataKeyId: row.data_key_id, clientId: row.client_id } : null
}

const stands = async (table: string, id: string) =>
  (await db.from(table).where('id', id).first()) !== null

/** Somebody in a register of eligible people: found by its service's number, or kana with birth date. */
export const registeredPeople: ResidentRecords = {
  name: 'register_person',

  async find(resident) {
    const people = await RegisterPerson.query()
      .where('clientId', resident.clientId)
      .if(!resident.seesProtected, (query) =>
        query.whereRaw(`stop_kind is distinct from 'protection'`)
      )
      .where((either) => {
        if (resident.only) return void either.whereIn('id', resident.only)
        for (const [number, serviceId] of numbersOf(resident))
          void either.orWhere((one) => {
            void one.where('serviceId', serviceId).whereIn('numberToken', registerTokens(number))
          })
        void either.orWhereIn('id', (sub) =>
          sub.from('register_tokens').whereIn('token', tellingTokens(resident)).select('person_id')
        )
      })
    const sealers = await openLivingSealers(people.map(({ dataKeyId }) => dataKeyId))
    return people.flatMap((person) => {
      const sealer = sealers.get(person.dataKeyId)
      if (!sealer) return []
      const says = said(person.open(sealer))
      return [{ id: person.id, at: person.updatedAt.toJSDate(), isSure: true, says }]
    })
  },

  // What files said of them before goes as well, by number where a file had added them.
  erase: (id, by) =>
    eraseRecord('register_person', id, by, async (t) => {
      await t.trx.rawQuery(
        `delete from register_changes c using register_people p, register_imports i
         where p.id = :id and i.id = c.import_id
           and (c.person_id = p.id or (c.number_token = p.number_token and i.service_id = p.service_id))`,
        { id }
      )
      return removed('register_people', id)(t)
    }),
  under: (keys) => rowsUnder('register_people', keys),
  remains: (id) => stands('register_people', id),
}

/** A row of a client's ledger, found by its service's number. */
export const ledgerRows: ResidentRecords = {
  name: 'ledger_row',

  async find(resident) {
    const numbers = numbersOf(resident)
    if (numbers.length === 0 && !resident.only) return []
    const rows = await LedgerRow.query()
      .where('clientId', resident.clientId)
      .where((either) => {
        if (resident.only) return void either.whereIn('id', resident.only)
        for (const [number, serviceId] of numbers)
          void either.orWhere((one) => {
            void one.where('serviceId', serviceId).whereIn('numberToken', ledgerTokens(number))
          })
      })
    const sealers = await openLivingSealers(rows.map(({ dataKeyId }) => dataKeyId))
    return rows.flatMap((row) => {
      const sealer = sealers.get(row.dataKeyId)
      if (!sealer) return []
      const says = Object.entries(row.open(sealer))
      return [{ id: row.id, at: row.updatedAt.toJSDate(), isSure: true, says }]
    })
  },

  erase: (id, by) => eraseRecord('ledger_row', id, by, removed('ledger_rows', id)),
  under: (keys) => rowsUnder('ledger_rows', keys),
  remains: (id) => stands('ledger_rows', id),
}

/** Somebody to whom nothing is sent. Never sure: who takes a stop away has them written to again. */
export const contactStops: ResidentRecords = {
  name: 'contact_stop',

  async find(resident) {
    const tokens = [...tellingTokens(resident), ...numberTokens(resident)]
    const stops = await ContactStop.query()
      .where('clientId', resident.clientId)
      .if(!resident.seesProtected, (query) => query.whereNot('kind', 'protection'))
      .if(
        resident.only,
        (query) => query.whereIn('id', resident.only!),
        (query) =>
          query.whereIn('id', (sub) =>
            sub.from('contact_stop_tokens').whereIn('token', tokens).select('stop_id')
          )
      )
    const sealers = await openLivingSealers(stops.map(({ dataKeyId }) => dataKeyId))
    return stops.flatMap((stop) => {
      const sealer = sealers.get(stop.dataKeyId)
      if (!sealer) return []
      const says = said(stop.open(sealer))
      return [{ id: stop.id, at: stop.createdAt.toJSDate(), isSure: false, says }]
    })
  },

  erase: (id, by) => eraseRecord('contact_stop', id, by, removed('contact_stops', id)),
  under: (keys) => rowsUnder('contact_stops', keys),
  remains: (id) => stands('contact_stops', id),
}
