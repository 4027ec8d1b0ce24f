import db from '@adonisjs/lucid/services/db'
import type { Field, Zone } from '#app/catalog/description'
import type ServiceVersion from '#app/catalog/service_version'
import { adjudicationSealContext } from '#app/keying/adjudicate'
import { entrySealContext, type Entry } from '#app/keying/entry'
import { regionsOf, type KeptRegion } from '#app/reading/regions_of'
import { revisionsOf } from '#app/submissions/revision_values'
import type User from '#app/people/user'
import type Submission from '#app/submissions/submission'
import { openSealer, type Sealer } from '#app/core/sealing'

/** The origin of one value: what stands and why, and everything that led to it. Lengths are mm. */
export interface Provenance {
  field: string
  label: Field['label']
  group: string
  /** as it stood in each revision, the newest first */
  values: {
    revision: number
    cause: string
    value: string
    basis: string
    by: string | null
    at: Date
  }[]
  /** where it is on the paper as it is printed */
  places: Pick<Zone, 'page' | 'x' | 'y' | 'width' | 'height'>[]
  /** what the machine read there, the newest last */
  readings: (Pick<KeptRegion, 'engine' | 'version' | 'value' | 'confidence' | 'region'> & {
    reason: string | null
    at: Date
  })[]
  /** what each keyer gave, in the order of rounds and passes */
  entries: {
    round: number
    pass: number
    source: Entry['source']
    by: string | null
    at: Date
    value: string
  }[]
  /** what a leader decided where they differed */
  decisions: { round: number; value: string; by: string | null; at: Date }[]
}

/** Collects the origin of every value of a submission, from the pixels to the basis on which it stands. */
export async function provenanceOf(
  submission: Submission,
  version: ServiceVersion,
  user: User
): Promise<Provenance[]> {
  // Whoever keys doesn't see what others gave before it is decided.
  const isBlind = user.may('values.key') && ['keying', 'adjudicating'].includes(submission.state)
  const sealer = await openSealer(submission.dataKeyId)
  const [revisions, entries, decisions, readings] = [
    await revisionsOf(submission),
    isBlind ? [] : await entriesOf(submission.id, sealer),
    isBlind ? [] : await decisionsOf(submission.id, sealer),
    isBlind ? [] : await regionsOf(await pagesOf(submission.id)),
  ]
  const names = await namesOf(
    [
      ...revisions.map(({ by }) => by),
      ...entries.map(({ by }) => by),
      ...decisions.map(({ by }) => by),
    ],
    user
  )
  const name = (id: string | null) => (id && names.get(id)) ?? null
  return version.description.groups.flatMap((group) =>
    group.fields.map((field): Provenance => ({
      field: field.key,
      label: field.label,
      group: group.key,
      values: revisions.flatMap(({ number, cause, by, at, values }) => {
        const standing = values.get(field.key)
        return standing
          ? {
              revision: number,
              cause,
              value: standing.value,
              basis: standing.basis,
              by: name(by),
              at,
            }
          : []
      }),
      places: version.description.zones
        .filter((zone) => zone.field === field.key)
        .map(({ page, x, y, width, height }) => ({ page, x, y, width, height })),
      readings: readings
        .filter((reading) => reading.field === field.key)
        .map(({ engine, version: of, value, confidence, region, reason, at }) => ({
          engine,
          version: of,
          value,
          confidence,
          region,
          reason,
          at,
        })),
      entries: entries
        .filter(({ group: of, values }) => of === group.key && field.key in values)
        .map(({ round, pass, source, by, at, values }) => ({
          round,
          pass,
          source,
          by: name(by),
          at,
          value: values[field.key],
        })),
      decisions: decisions
        .filter((decision) => decision.field === field.key)
        .map(({ round, value, by, at }) => ({
          round,
          value,
          by: name(by),
          at,
        })),
    }))
  )
}

async function entriesOf(submissionId: string, sealer: Sealer) {
  const rows: {
    id: string
    group_key: string
    round: number
    pass: number
    source: Entry['source']
    user_id: string | null
    created_at: Date
    values: Buffer
  }[] = await db
    .from('entries')
    .where('submission_id', submissionId)
    // What can still be taken back isn't given yet.
    .whereNotExists((pending) =>
      pending
        .from('assignments')
        .whereColumn('assignments.id', 'entries.assignment_id')
        .whereRaw('assignments.final_at > now()')
    )
    .orderBy(['round', 'group_key', 'pass'])
  return rows.map((row) => ({
    group: row.group_key,
    round: row.round,
    pass: row.pass,
    source: row.source,
    by: row.user_id,
    at: row.created_at,
    values: sealer.openJson<Record<string, string>>(entrySealContext(row.id), row.values),
  }))
}

async function decisionsOf(submissionId: string, sealer: Sealer) {
  const rows: {
    id: string
    field_key: string
    round: number
    by_user_id: string | null
    created_at: Date
    value: Buffer
  }[] = await db
    .from('adjudications')
    .where('submission_id', submissionId)
    .orderBy(['round', 'created_at'])
  return rows.map((row) => ({
    field: row.field_key,
    round: row.round,
    by: row.by_user_id,
    at: row.created_at,
    value: sealer.openText(adjudicationSealContext(row.id), row.value),
  }))
}

/** Pages whose pictures are erased tell nothing any more. */
function pagesOf(submissionId: string): Promise<{ id: string; data_key_id: string }[]> {
  return db
    .from('pages')
    .where({ submission_id: submissionId, state: 'matched' })
    .whereNull('erased_at')
    .select('id', 'data_key_id')
}

/** A client sees that the center worked, not which of its people. */
async function namesOf(ids: (string | null)[], user: User): Promise<Map<string, string>> {
  const rows: { id: string; display_name: string }[] = await db
    .from('users')
    .whereIn(
      'id',
      ids.filter((id) => id !== null)
    )
    .if(!user.worksForCenter, (query) => query.where('organization_id', user.organizationId))
    .select('id', 'display_name')
  return new Map(rows.map((row) => [row.id, row.display_name]))
}
