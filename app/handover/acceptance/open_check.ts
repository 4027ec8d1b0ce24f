import type { AcceptanceRules } from '#app/catalog/acceptance_rules'
import type { HandoverContext } from '#app/handover/connector'
import AcceptanceCheck, { expectedSealContext } from '#app/handover/acceptance/acceptance_check'
import { matchLedger } from '#app/registry/ledger/match_ledger'
import { newId } from '#app/core/ids'
import { openSealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

/** Puts a submission before somebody who accepts it, beside what the ledger says otherwise. Once a handover. */
export async function openCheck(
  t: Transition,
  { handover, submission, version, value }: HandoverContext,
  rules: AcceptanceRules
): Promise<void> {
  const known = await AcceptanceCheck.query({ client: t.trx })
    .where('handoverId', handover.id)
    .first()
  if (known) return
  const match = rules.ledger && (await matchLedger(version, rules.ledger, value, t.trx))
  const id = newId()
  const sealer = await openSealer(submission.dataKeyId, t.trx)
  await AcceptanceCheck.create(
    {
      id,
      clientId: submission.clientId,
      submissionId: submission.id,
      handoverId: handover.id,
      inLedger: match ? match.found : null,
      differing: match ? Object.keys(match.differing) : [],
      ledgerValues: match ? sealer.sealJson(expectedSealContext(id), match.differing) : null,
    },
    { client: t.trx }
  )
}
