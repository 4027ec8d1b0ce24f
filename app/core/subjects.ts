import { Registry } from '#app/core/registry'

/** A kind of record that the flow advances. */
export interface FlowSubjectKind {
  /** what events and wakes call it */
  name: string
  table: string
  /** what says in SQL where a record stands on its road; its column `state` where nothing else is said */
  state?: string
  /** long work is done with it, under a claim (`claimed_until`, `attempts`) */
  claimed?: boolean
  /** the queue of its jobs, where it isn't the flow's */
  queue?: 'decoding' | 'reading'
}

/** The records that the flow advances; each room registers its own. */
export const flowSubjects = new Registry<FlowSubjectKind>('record that the flow advances')

export interface FlowSubject {
  /** the name of a registered kind */
  type: string
  id: string
}

/** A subject that is to be advanced. */
export interface Waiting extends FlowSubject {
  /** what comes first of each file goes before what comes later of any */
  turn?: number
  /** not before so many seconds */
  after?: number
}
