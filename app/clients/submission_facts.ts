import db from '@adonisjs/lucid/services/db'
import { splitAddresses, type AddressParts } from '#app/catalog/addresses/split_address'
import { acceptanceOf } from '#app/catalog/acceptance_rules'
import { frozenVersion } from '#app/catalog/frozen_version'
import AcceptanceCheck from '#app/handover/acceptance/acceptance_check'
import type { StandingValue } from '#app/submissions/revision_values'
import type Submission from '#app/submissions/submission'
import { valueIn } from '#app/submissions/revision_values'

/** The facts known of a submission beside its values, by the source of a column. */
export type Facts = Record<string, string>

/** Names for these in clients' systems, in Japanese as they expect it. */
const DECISIONS = { open: '', accepted: '受付', incomplete: '不備', superseded: '' } as const

/** Facts of many submissions in a few queries. */
export async function factsOf(
  submissions: Submission[],
  values: Map<string, Map<string, StandingValue>>
): Promise<Map<string, Facts>> {
  const ids = submissions.map((submission) => submission.id)
  const [checks, envelopes, posted] = await Promise.all([
    AcceptanceCheck.query().whereIn('submissionId', ids).orderBy('createdAt'),
    envelopesOf(submissions),
    postedOn(ids),
  ])
  const checkOf = new Map(checks.map((check) => [check.submissionId, check]))
  const facts = new Map<string, Facts>()
  const places = await placesOf(submissions, values)
  for (const [index, submission] of submissions.entries()) {
    const version = await frozenVersion(submission.serviceVersionId)
    const place = places[index]
    const check = checkOf.get(submission.id)
    const rules = acceptanceOf(version.description.handover)
    const label = (key: string) => version.field(key).label.ja
    facts.set(submission.id, {
      '@version': String(version.number),
      '@prefecture': place.prefecture,
      '@city': place.city,
      '@town': place.town,
      '@posted_on': posted.get(submission.id) ?? '',
      ...(submission.envelopeId ? envelopes.get(submission.envelopeId) : {}),
      ...(check
        ? {
            '@in_ledger': check.inLedger === null ? '' : check.inLedger ? '1' : '0',
            '@differences': check.differing.map(label).join('・'),
            '@faults': check.faults.join('・'),
            '@incomplete_on': check.incompleteOn ?? '',
            '@accepted_on': check.acceptedOn ?? '',
            '@resolved_on': (check.incompleteOn && check.acceptedOn) ?? '',
            '@decision': DECISIONS[check.state],
            ...Object.fromEntries(
              (rules?.papers ?? []).map((paper) => [
                `paper:${paper.key}`,
                paper.options.find((option) => option.value === check.papers[paper.key])?.label
                  .ja ?? '',
              ])
            ),
          }
        : {}),
    })
  }
  return facts
}

async function placesOf(
  submissions: Submission[],
  values: Map<string, Map<string, StandingValue>>
): Promise<AddressParts[]> {
  const written = await Promise.all(
    submissions.map(async ({ id, serviceVersionId }) => {
      const { postcode, address } = (await frozenVersion(serviceVersionId)).description.person
      const value = valueIn(values.get(id))
      return { postcode: value(postcode), address: value(address) }
    })
  )
  return splitAddresses(written)
}

async function envelopesOf(submissions: Submission[]): Promise<Map<string, Facts>> {
  const rows: { id: string; number: number; box: string | null; position: number | null }[] =
    await db
      .from('envelopes')
      .whereIn(
        'id',
        submissions.flatMap((submission) => submission.envelopeId ?? [])
      )
      .select('id', 'number', 'box', 'position')
  return new Map(
    rows.map(({ id, number, box, position }) => [
      id,
      { '@envelope': String(number), '@original': [box ?? '', position ?? ''].join('-') },
    ])
  )
}

/** The day on which the last answer was posted, or mailed. */
async function postedOn(ids: string[]): Promise<Map<string, string>> {
  const { rows } = await db.rawQuery<{ rows: { submission_id: string; posted_on: string }[] }>(
    `select submission_id, max(went.day)::text as posted_on from (
       select o.submission_id, p.posted_on as day from reply_submissions o join sheets s on s.reply_id = o.reply_id
         join print_runs p on p.id = s.print_run_id
         where o.submission_id = any(:ids) and s.state = 'posted' and p.posted_on is not null
       union all
       select o.submission_id, r.mailed_on from reply_submissions o join replies r on r.id = o.reply_id
         where o.submission_id = any(:ids) and r.state = 'mailed') went
     group by submission_id`,
    { ids }
  )
  return new Map(rows.map((row) => [row.submission_id, row.posted_on]))
}
