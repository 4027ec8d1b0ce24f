import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'
import { newId } from '#app/core/ids'
import { openSealer, openSealers, type Sealer } from '#app/core/sealing'

export type Basis = 'agreed' | 'read_back' | 'adjudicated' | 'corrected' | 'single' | 'machine'

type SourceType = 'entry' | 'adjudication' | 'correction'

/** A value that stands, and why. */
export interface StandingValue {
  value: string
  basis: Basis
  sourceType: SourceType
  sourceId: string
}

/** A field's value; empty where it has none, or there is no such field. */
export type ValueOf = (field: string | undefined) => string

/** Looks values up by their field. */
export function valueIn(values: Map<string, { value: string }> | undefined): ValueOf {
  return (field) => (field && values?.get(field)?.value) || ''
}

interface Row {
  revision_id: string
  field_key: string
  value: Buffer
  basis: Basis
  source_type: SourceType
  source_id: string
}

const sealContext = (revisionId: string, field: string) => `revision_values:${revisionId}:${field}`

/** Writes the next revision of a submission; returns its id and number. */
export async function writeRevision(
  client: Queries,
  submission: { id: string; dataKeyId: string },
  values: Map<string, StandingValue>,
  { cause = 'verified', by = null }: { cause?: 'verified' | 'corrected'; by?: string | null } = {}
) {
  const sealer = await openSealer(submission.dataKeyId, client)
  const latest = await client
    .from('revisions')
    .where('submission_id', submission.id)
    .max('number as number')
    .first()
  const revision = { id: newId(), number: (latest?.number ?? 0) + 1 }
  await client
    .table('revisions')
    .insert({ ...revision, submission_id: submission.id, cause, by_user_id: by })
  await client.table('revision_values').multiInsert(
    [...values].map(([field, standing]) => ({
      revision_id: revision.id,
      field_key: field,
      value: sealer.sealText(sealContext(revision.id, field), standing.value),
      basis: standing.basis,
      source_type: standing.sourceType,
      source_id: standing.sourceId,
    }))
  )
  return revision
}

/** The values of a submission's newest revision; null where there is none yet. */
export async function latestValues(
  submission: { id: string; dataKeyId: string },
  client: Queries = db
) {
  const revision: { id: string; number: number } | null = await client
    .from('revisions')
    .where('submission_id', submission.id)
    .orderBy('number', 'desc')
    .select('id', 'number')
    .first()
  if (!revision) return null
  const rows: Row[] = await client.from('revision_values').where('revision_id', revision.id)
  const sealer = await openSealer(submission.dataKeyId, client)
  return { revision, values: new Map(rows.map((row) => [row.field_key, toStanding(row, sealer)])) }
}

/** All revisions of a submission with their values, the newest first. */
export async function revisionsOf(
  submission: { id: string; dataKeyId: string },
  client: Queries = db
) {
  const revisions: {
    id: string
    number: number
    cause: string
    by_user_id: string | null
    created_at: Date
  }[] = await client
    .from('revisions')
    .where('submission_id', submission.id)
    .orderBy('number', 'desc')
  const rows: Row[] = await client.from('revision_values').whereIn(
    'revision_id',
    revisions.map(({ id }) => id)
  )
  const sealer = await openSealer(submission.dataKeyId, client)
  const of = Map.groupBy(rows, (row) => row.revision_id)
  return revisions.map(({ id, number, cause, by_user_id: by, created_at: at }) => ({
    number,
    cause,
    by,
    at,
    values: new Map((of.get(id) ?? []).map((row) => [row.field_key, toStanding(row, sealer)])),
  }))
}

/** Newest values of many submissions in three queries; those without a revision or erased are left out. */
export async function latestValuesOf(
  submissions: { id: string; dataKeyId: string }[],
  client: Queries = db
) {
  const result = new Map<string, Map<string, StandingValue>>()
  if (submissions.length === 0) return result
  const sealers = await openSealers(
    submissions.map((one) => one.dataKeyId),
    client
  )
  const { rows }: { rows: (Row & { submission_id: string })[] } = await client.rawQuery(
    `select r.submission_id, v.* from revision_values v join (
       select distinct on (submission_id) id, submission_id from revisions where submission_id = any(:ids) order by submission_id, number desc
     ) r on r.id = v.revision_id`,
    { ids: submissions.map((one) => one.id) }
  )
  const keys = new Map(submissions.map((one) => [one.id, one.dataKeyId]))
  for (const row of rows) {
    const values = result.get(row.submission_id) ?? new Map<string, StandingValue>()
    values.set(row.field_key, toStanding(row, sealers.get(keys.get(row.submission_id)!)!))
    result.set(row.submission_id, values)
  }
  return result
}

function toStanding(row: Row, sealer: Sealer): StandingValue {
  return {
    value: sealer.openText(sealContext(row.revision_id, row.field_key), row.value),
    basis: row.basis,
    sourceType: row.source_type,
    sourceId: row.source_id,
  }
}
