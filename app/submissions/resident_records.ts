import { Registry } from '#app/core/registry'
import { destroyDataKeys } from '#app/core/sealing'
import { transition, type Transition } from '#app/core/transition'
import type { Erasing } from '#app/submissions/erase_submission'
import type { PersonFacts } from '#app/submissions/search_tokens'

/** Somebody whom an order of the city is about, as far as they are known from their requests. */
export interface Resident {
  clientId: string
  /** as each of their requests says; in compared form, empty where it says nothing */
  facts: PersonFacts[]
}

/** A record of a resident beside their requests. */
export interface ResidentRecord {
  id: string
  at: Date
  /** for the person themselves: key of a word (`residents.fact_…`) or a plain heading, and value */
  says: [string, string][]
}

/** Records that a room keeps of residents beside their requests: found, disclosed and erased by the city's order. */
export interface ResidentRecords {
  /** kind of record; its word stands in `residents.of_…` */
  name: string
  find(resident: Resident): Promise<ResidentRecord[]>
  /** Erases one; what was erased already is `gone`. */
  erase(id: string, by: { actorId?: string }): Promise<Erasing>
  /** Whether something of one that was erased could still be opened or found. */
  remains(id: string): Promise<boolean>
}

/** Everything that is kept of residents beside their requests; each room registers its own. */
export const residentRecords = new Registry<ResidentRecords>('kind of record of a resident')

/** Erases a record: `take` removes what finds it and returns its key and client; null where it is gone already. */
export async function eraseRecord(
  record: string,
  id: string,
  { actorId }: { actorId?: string },
  take: (t: Transition) => Promise<{ dataKeyId: string | null; clientId: string } | null>
): Promise<Erasing> {
  return transition(async (t): Promise<Erasing> => {
    const taken = await take(t)
    if (!taken) return { outcome: 'gone' }
    const keys = taken.dataKeyId ? [taken.dataKeyId] : []
    await destroyDataKeys(t.trx, keys)
    t.recordOnly({
      verb: `${record}.erased`,
      subject: { type: record, id },
      clientId: taken.clientId,
      actorId,
    })
    return { outcome: 'erased', keys: keys.length, files: 0 }
  })
}
