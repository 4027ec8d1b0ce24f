import { acceptanceOf, type AcceptanceRules } from '#app/catalog/acceptance_rules'
import { frozenVersion } from '#app/catalog/frozen_version'
import Handover from '#app/handover/handover'
import type User from '#app/people/user'
import AcceptanceCheck from '#app/handover/acceptance/acceptance_check'
import { canStillAnswer, deadlineOf } from '#app/handover/acceptance/deadline'
import { unmarked } from '#app/registry/ledger/unmarked'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { submissionListeners } from '#app/submissions/submission_listener'
import { today } from '#app/core/clock'
import { transition } from '#app/core/transition'

/** The decision of somebody with the paper in hand. */
export interface CheckDecision {
  /** of which kind each enclosed paper is */
  papers: Record<string, string>
  /** what is lacking; nothing means that it is accepted */
  faults: string[]
}

export type Decided =
  | { ok: true; state: 'accepted' | 'incomplete' | 'late' }
  | { ok: false; reason: 'late' | 'say_papers' | 'unmarked' }

/**
 * Accepts a submission, or has the resident asked for what is lacking; where a letter's answer could no longer arrive
 * in time, the resident is told what remains. What was incomplete can be accepted later, when the rest has come.
 */
export async function decideCheck(
  user: User,
  checkId: string,
  said: CheckDecision
): Promise<Decided> {
  return transition(async (t) => {
    const found = await AcceptanceCheck.query({ client: t.trx }).where('id', checkId).firstOrFail()
    // Always the submission first: the flow locks it before its handover.
    const submission = await Submission.query({ client: t.trx })
      .where('id', found.submissionId)
      .whereIn('state', ['handing_over', 'replying', 'closed'])
      .forUpdate()
      .first()
    const check = await AcceptanceCheck.query({ client: t.trx })
      .where('id', checkId)
      .whereIn('state', ['open', 'incomplete'])
      .forUpdate()
      .first()
    const handover = await Handover.query({ client: t.trx })
      .where('id', found.handoverId)
      .where((query) =>
        query
          .where({ state: 'asked', reason: 'check' })
          .orWhere((decided) =>
            decided.where('state', 'refused').whereIn('reason', ['incomplete', 'late'])
          )
      )
      .forUpdate()
      .first()
    if (!submission || !check || !handover) return { ok: false, reason: 'late' }
    const version = await frozenVersion(submission.serviceVersionId, t.trx)
    const rules = acceptanceOf(version.description.handover)
    if (!rules) return { ok: false, reason: 'late' }
    const { papers, faults } = known(said, rules)
    const unsaid = rules.papers.some((paper) => !papers[paper.key])
    if (faults.length === 0 && unsaid) return { ok: false, reason: 'say_papers' }
    const value = valueIn((await latestValues(submission, t.trx))?.values)
    if (faults.length === 0 && unmarked(version, rules, value).length > 0)
      return { ok: false, reason: 'unmarked' }
    const deadline = rules.deadline && deadlineOf(rules.deadline, value)
    const accepted = faults.length === 0
    const inTime = !deadline || canStillAnswer(deadline, today())
    const state = accepted ? 'accepted' : inTime ? 'incomplete' : 'late'
    await check.decide(t, accepted ? 'accepted' : 'incomplete', {
      papers,
      faults,
      by: user.id,
      on: today(),
    })
    if (accepted) await handover.finish(t, { reference: handover.id })
    else await handover.refuse(t, inTime ? 'incomplete' : 'late')
    for (const listener of submissionListeners.all()) await listener.reopened?.(t, submission)
    await submission.handOver(t, user.id)
    t.record({
      verb: `check.${state}`,
      subject: { type: 'acceptance_check', id: check.id },
      clientId: submission.clientId,
      submissionId: submission.id,
      actorId: user.id,
      detail: { faults: faults.join(',') },
    })
    return { ok: true, state }
  })
}

/** Of what was said, what the service knows of. */
function known(
  { papers, faults }: CheckDecision,
  rules: Pick<AcceptanceRules, 'papers' | 'faults'>
): CheckDecision {
  const kinds = rules.papers.flatMap((paper) =>
    paper.options.some((option) => option.value === papers[paper.key])
      ? [[paper.key, papers[paper.key]] as const]
      : []
  )
  return {
    papers: Object.fromEntries(kinds),
    faults: faults.filter((key) => rules.faults.some((fault) => fault.key === key)),
  }
}
