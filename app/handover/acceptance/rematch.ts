import { acceptanceOf } from '#app/catalog/acceptance_rules'
import { frozenVersion } from '#app/catalog/frozen_version'
import AcceptanceCheck, { expectedSealContext } from '#app/handover/acceptance/acceptance_check'
import { matchLedger } from '#app/registry/ledger/match_ledger'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'
import { transition } from '#app/core/transition'

const BATCH = 200

/** Compares what still waits with a ledger that has just been brought in: it may have been keyed before. */
export async function rematchWaiting(serviceId: string): Promise<void> {
  for (let after = ''; ;) {
    const waiting = await AcceptanceCheck.query()
      .whereIn('state', ['open', 'incomplete'])
      .if(after !== '', (query) => query.where('id', '>', after))
      .whereIn('submissionId', (submissions) =>
        submissions
          .from('submissions')
          .join('service_versions', 'service_versions.id', 'submissions.service_version_id')
          .where('service_versions.service_id', serviceId)
          .whereNotIn('submissions.state', ['canceled', 'erased'])
          .select('submissions.id')
      )
      .orderBy('id')
      .limit(BATCH)
    for (const check of waiting) await rematch(check)
    if (waiting.length < BATCH) return
    after = waiting.at(-1)!.id
  }
}

async function rematch({ id, submissionId }: AcceptanceCheck): Promise<void> {
  await transition(async (t) => {
    const submission = await Submission.query({ client: t.trx })
      .where('id', submissionId)
      .whereNot('state', 'erased')
      .forUpdate()
      .first()
    const check = await AcceptanceCheck.query({ client: t.trx })
      .where('id', id)
      .whereIn('state', ['open', 'incomplete'])
      .forUpdate()
      .first()
    if (!submission || !check) return
    const version = await frozenVersion(submission.serviceVersionId, t.trx)
    const rules = acceptanceOf(version.description.handover)?.ledger
    if (!rules) return
    const latest = await latestValues(submission, t.trx)
    const value = valueIn(latest?.values)
    const match = await matchLedger(version, rules, value, t.trx)
    const sealer = await openSealer(submission.dataKeyId, t.trx)
    await check
      .merge({
        inLedger: match.found,
        differing: Object.keys(match.differing),
        ledgerValues: sealer.sealJson(expectedSealContext(id), match.differing),
      })
      .save()
  })
}
