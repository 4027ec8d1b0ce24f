import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import ServiceVersion from '#app/catalog/service_version'
import { frozenVersion } from '#app/catalog/frozen_version'
import { listSubmissions, type ListedSubmission } from '#app/submissions/list_submissions'
import {
  residentRecords,
  type Resident,
  type ResidentRecord,
} from '#app/submissions/resident_records'
import { latestValuesOf, valueIn } from '#app/submissions/revision_values'
import { factsOf, searchTokensOf, tellingTerms } from '#app/submissions/search_tokens'
import Submission from '#app/submissions/submission'

/** More requests of one person than there will be. */
const MAX = 200

/** A record as orders of the city name it. */
export interface RecordName {
  record: string
  id: string
}

export interface FoundRequest extends ListedSubmission {
  /** told to be of the same person by number, or kana with birth date; else only the phone is the same */
  isSure: boolean
}

export interface FoundRecord extends ResidentRecord {
  record: string
}

/** Everything that is kept of the resident of a request, by one client. */
export interface FoundResident {
  requests: FoundRequest[]
  records: FoundRecord[]
}

/** Somebody of whom everything is looked for: whose request it is, or of whom somebody has said who they are. */
export interface Sought {
  clientId: string
  submission: Submission | null
  facts: Resident['facts'][number]
}

/** Tells whose everything is looked for, from a request. */
export async function soughtFrom(submission: Submission): Promise<Sought> {
  const [facts] = await factsOfRequests([submission])
  return { clientId: submission.clientId, submission, facts }
}

/** Finds everything of somebody that a user may see: their requests, and what rooms keep beside them. */
export async function findResident(user: User, sought: Sought): Promise<FoundResident> {
  const { clientId, submission, facts: own } = sought
  const versions = await versionsOf(own.serviceId)
  const terms = tellingTerms(own)
  const tokens = (kind: string) => terms.filter((one) => one.kind === kind).flatMap(searchTokensOf)
  const told = await requestsWith(user, clientId, tokens('kana_birth'))
  // Other services number other people alike.
  const numbered = (await requestsWith(user, clientId, tokens('number'))).filter(
    ({ serviceVersionId }) => versions.has(serviceVersionId)
  )
  const sure = [...new Map([...told, ...numbered].map((one) => [one.id, one])).values()]
  const phone = own.phone.replace(/\D/g, '')
  const maybe = phone
    ? await requestsWith(user, clientId, searchTokensOf({ kind: 'phone', text: phone }))
    : []
  const first = submission ? [submission] : []
  const same = [...first, ...sure.filter(({ id }) => id !== submission?.id)]
  const others = maybe.filter(({ id }) => !same.some((one) => one.id === id))
  const listed = await listSubmissions(user, [...same, ...others])
  const facts = [...(submission ? [] : [own]), ...(await factsOfRequests(same))]
  const records: FoundRecord[] = []
  const { seesProtected } = user
  for (const kind of residentRecords.all())
    if (!kind.ofCenter || user.worksForCenter)
      for (const found of await kind.find({ clientId, facts, seesProtected }))
        records.push({ record: kind.name, ...found })
  return {
    requests: listed.map((one) => ({ ...one, isSure: same.some(({ id }) => id === one.id) })),
    records,
  }
}

async function requestsWith(user: User, clientId: string, tokens: string[]): Promise<Submission[]> {
  if (tokens.length === 0) return []
  return visibleTo(Submission.query(), user)
    .where('submissions.client_id', clientId)
    .whereNot('state', 'erased')
    .whereIn('id', (sub) =>
      sub.from('search_tokens').whereIn('token', tokens).select('submission_id')
    )
    .orderBy('createdAt')
    .limit(MAX)
}

async function factsOfRequests(submissions: Submission[]): Promise<Resident['facts']> {
  const values = await latestValuesOf(submissions)
  return Promise.all(
    submissions.map(async ({ id, serviceVersionId }) => {
      const { description } = await frozenVersion(serviceVersionId)
      const { serviceId } = await ServiceVersion.findOrFail(serviceVersionId)
      return { ...factsOf(description.person, valueIn(values.get(id))), serviceId }
    })
  )
}

/** All versions of a service. */
async function versionsOf(serviceId: string): Promise<Set<string>> {
  const versions = await ServiceVersion.query().where('serviceId', serviceId).select('id')
  return new Set(versions.map(({ id }) => id))
}
