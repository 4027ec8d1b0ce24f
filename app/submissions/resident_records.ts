import db from '@adonisjs/lucid/services/db'
import { Registry } from '#app/core/registry'
import { destroyDataKeys } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import type { Erasing, ErasingOptions } from '#app/submissions/erase_submission'
import type { PersonFacts } from '#app/submissions/search_tokens'

/** Somebody whom an order of the city is about, as far as they are known from their requests. */
export interface Resident {
  clientId: string
  /** as each of their requests says; in compared form, empty where it says nothing. A number counts within its service */
  facts: (PersonFacts & { serviceId: string })[]
  /** who looks is named for protected people */
  seesProtected: boolean
  /** ids of those that were found before: these alone, whatever is known of whose they are */
  only?: string[]
}

/** A record of a resident beside their requests. */
export interface ResidentRecord {
  id: string
  at: Date
  /** surely theirs; else somebody says whether it is */
  isSure: boolean
  /** for the person themselves: key of a word (`residents.fact_…`) or a plain heading, and value */
  says: [string, string][]
}

/** Records that a room keeps of residents beside their requests: found, disclosed and erased by the city's order. */
export interface ResidentRecords {
  /** kind of record; its word stands in `residents.of_…` */
  name: string
  /** of the center, not of a client: its people alone see and choose them */
  ofCenter?: true
  find(resident: Resident): Promise<ResidentRecord[]>
  /** Erases one; what was erased already is `gone`. */
  erase(id: string, by: RecordErasing): Promise<Erasing>
  /** Ids of those that lie under these keys: destroyed in the database that this one is a copy of. */
  under(keys: string[]): Promise<string[]>
  /** Whether something of one that was erased could still be opened or found. */
  remains(id: string): Promise<boolean>
}

export type RecordErasing = Pick<ErasingOptions, 'actorId' | 'within' | 'despiteHold'>

/** Everything that is kept of residents beside their requests; each room registers its own. */
export const residentRecords = new Registry<ResidentRecords>('kind of record of a resident')

/** A record that may go, with what is under its key; null where it is gone already. */
export type Taken = { dataKeyId: string | null; clientId: string } | 'held' | null

/** Erases a record: `take` removes what finds it. */
export async function eraseRecord(
  record: string,
  id: string,
  { actorId, within }: RecordErasing,
  take: (t: Transition) => Promise<Taken>
): Promise<Erasing> {
  return transition(async (t): Promise<Erasing> => {
    const taken = await take(t)
    const erasing: Erasing =
      taken === null
        ? { outcome: 'gone' }
        : taken === 'held'
          ? { outcome: 'held' }
          : { outcome: 'erased', keys: taken.dataKeyId ? 1 : 0, files: 0 }
    if (taken && taken !== 'held') {
      if (taken.dataKeyId) await destroyDataKeys(t.trx, [taken.dataKeyId])
      t.recordOnly({
        verb: `${record}.erased`,
        subject: { type: record, id },
        clientId: taken.clientId,
        actorId,
      })
    }
    await within?.(t, erasing)
    return erasing
  })
}

/** Finds the ids of a table's rows that lie under these keys. */
export async function rowsUnder(table: string, keys: string[]): Promise<string[]> {
  const rows: { id: string }[] = await db.from(table).whereIn('data_key_id', keys).select('id')
  return rows.map(({ id }) => id)
}
