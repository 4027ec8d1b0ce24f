import { Registry } from '#app/core/registry'
import type { Erasing } from '#app/submissions/erase_submission'

/** Somebody whom an order of the city is about, as far as they are known from their requests. */
export interface Resident {
  clientId: string
  /** their requests, erased ones left out */
  submissionIds: string[]
  /** as they were typed in any of them */
  kana: string[]
  birthDates: string[]
  phones: string[]
  numbers: string[]
}

/** A record of a resident beside their requests. */
export interface ResidentRecord {
  id: string
  at: Date
  /** what it says, for the person themselves: key of the word, value */
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
