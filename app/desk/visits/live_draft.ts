import type Submission from '#app/submissions/submission'
import type { Sealer } from '#app/core/sealing'

/** The draft of what has been asked of a person, before it is read back. Values are in their compared form. */
export interface LiveDraft {
  values: Record<string, string>
  /** the client's register filled in who it is */
  registered: boolean
  /** said aloud and confirmed, and what is wanted is known */
  complete: boolean
  /** what else the register says: where mail goes, why nothing is sent, that they have moved */
  register?: {
    sendTo: string
    stopped: string
    moved: boolean
  }
  /** 支援措置: address and phone stand on no screen or paper that others may see */
  hides?: boolean
  /** a stranger speaks of somebody who is protected: what they say is nobody's but this request's */
  apart?: boolean
  /** a dose after the first */
  dose?: string
}

const draftSealContext = (submissionId: string) => `submissions.draft:${submissionId}`

/** @throws {SealBroken} */
export function openDraft(submission: Submission, sealer: Sealer): LiveDraft {
  if (!submission.draft) return { values: {}, registered: false, complete: false }
  return sealer.openJson<LiveDraft>(draftSealContext(submission.id), submission.draft)
}

/** The sealed draft, to be kept with its submission. */
export function sealDraft(submissionId: string, sealer: Sealer, draft: LiveDraft): Buffer {
  return sealer.sealJson(draftSealContext(submissionId), draft)
}
