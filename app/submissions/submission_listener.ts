import type ServiceVersion from '#app/catalog/service_version'
import { Registry } from '#app/core/registry'
import type { Transition } from '#app/core/transition'
import type { ValueOf } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'

/** Things that go with an erased submission: data keys that are destroyed, and files that nobody can open then. */
export interface Erased {
  keys: string[]
  files: string[]
}

/** A request that nothing is sent about any more, or nobody is called about. */
export interface StoppedRequest {
  id: string
  clientId: string
  /** why: a kind of stop */
  kind: string
  hasDied: boolean
  mayBeCalled: boolean
  actorId: string | null
}

/** Subjects of calls not made, the most urgent first: a held time, a wish that wasn't free, a call given up. */
export const CALL_RANKS = ['held', 'wish', 'given_up'] as const
export type CallRank = (typeof CALL_RANKS)[number]

/** A room's part when something happens to a submission. Each writes its own tables only, in the same transaction. */
export interface SubmissionListener {
  /** the room */
  name: string
  /** sealed columns of its tables, `table.column`, that hold something of a submission and go when it is erased */
  seals: string[]
  /** Its personal data are erased; the submission is locked. */
  erased?(t: Transition, submission: Submission): Promise<Erased>
  /** The pictures of its paper go, and what the machine read on them; its values stay. The submission is locked. */
  picturesErased?(t: Transition, submission: Submission): Promise<Erased>
  /** Ids of other submissions with which it shares what would go with it. */
  sharing?(t: Transition, submission: Submission): Promise<string[]>
  /** A value was corrected: what was asked or waited for by the old ones is over. `person` is its token from now on. */
  corrected?(t: Transition, submission: Submission, person: string): Promise<void>
  /** It is decided anew: what would have been told and isn't sent yet is no longer so. */
  reopened?(t: Transition, submission: Submission): Promise<void>
  /** It is known now who it is of, and who may be written to: what waited for that goes on. */
  addressed?(t: Transition, submission: Submission, actorId: string): Promise<void>
  /** Its person may be called after all. The first room that had a call to make makes it, and says so. */
  callable?: { rank: CallRank; call(t: Transition, submission: Submission): Promise<boolean> }
  /** Its person has died, or wants or may get nothing; how many calls are not made because of it. */
  stopped?(t: Transition, request: StoppedRequest): Promise<number>
  /** A truer word than the state for where settled requests stand; rooms further up have the last word. */
  words?(ids: string[]): Promise<Map<string, string>>
  /** The sealing key is rotated: tokens are written anew. */
  rotated?(
    t: Transition,
    submission: Submission,
    now: { version: ServiceVersion; value: ValueOf; person: string | null }
  ): Promise<void>
}

/** All that want to know what happens to submissions; each room registers its own (start/kinds.ts). */
export const submissionListeners = new Registry<SubmissionListener>('listener to submissions')
