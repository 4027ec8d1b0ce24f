import db from '@adonisjs/lucid/services/db'
import { acceptanceOf } from '#app/catalog/acceptance_rules'
import { frozenVersion } from '#app/catalog/frozen_version'
import { show } from '#app/catalog/field_values'
import type AcceptanceCheck from '#app/handover/acceptance/acceptance_check'
import { deadlineOf, lastPostBefore } from '#app/handover/acceptance/deadline'
import { unmarked } from '#app/registry/ledger/unmarked'
import { latestValues, valueIn } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { openSealer } from '#app/core/sealing'

/** Most other submissions that are named. */
const OTHERS = 20

/** Returns what is shown to who accepts a submission: only what differs, what is to be looked at, what came with it. */
export async function showCheck(check: AcceptanceCheck, locale: 'ja' | 'en') {
  const submission = await Submission.findOrFail(check.submissionId)
  const version = await frozenVersion(submission.serviceVersionId)
  const rules = acceptanceOf(version.description.handover)!
  const latest = await latestValues(submission)
  const value = valueIn(latest?.values)
  const expected = check.expected(await openSealer(submission.dataKeyId))
  const deadline = rules.deadline ? deadlineOf(rules.deadline, value) : null
  const others = async (
    column: 'person' | 'envelope_id',
    id: string | null
  ): Promise<{ id: string; receipt: string; state: string }[]> =>
    id === null
      ? []
      : db
          .from('submissions')
          .where({ client_id: submission.clientId, [column]: id })
          .whereNot('id', submission.id)
          .whereNotIn('state', ['canceled', 'erased'])
          .orderBy('created_at')
          .limit(OTHERS)
          .select('id', 'receipt', 'state')
  return {
    check,
    submission,
    rules,
    serviceName: version.description.name[locale],
    name: value(version.description.person.name) || value(version.description.person.kana),
    differences: check.differing.map((key) => ({
      field: version.field(key),
      group: version.groupOf(key).key,
      paper: show(version.field(key), value(key), locale),
      ledger: show(version.field(key), expected[key] ?? '', locale),
    })),
    unmarked: unmarked(version, rules, value).map(({ field, options }) => ({
      field: version.field(field),
      group: version.groupOf(field).key,
      options,
    })),
    deadline,
    lastPost: deadline && lastPostBefore(deadline),
    doubles: await others('person', submission.person),
    together: await others('envelope_id', submission.envelopeId),
  }
}
