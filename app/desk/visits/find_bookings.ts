import db from '@adonisjs/lucid/services/db'
import { fieldOf, normalize } from '#app/catalog/field_values'
import type { Problem } from '#app/catalog/fields/field_kind'
import { frozenVersion } from '#app/catalog/frozen_version'
import { bookingsOf, type DescribedBooking } from '#app/bookings/describe_booking'
import { latestValuesOf, valueIn } from '#app/submissions/revision_values'
import { spokenReceipt } from '#app/submissions/receipt_number'
import { termsToFind } from '#app/submissions/terms_to_find'
import { eraDate, isRealDate } from '#app/core/japanese_calendar'
import Submission from '#app/submissions/submission'
import { transition } from '#app/core/transition'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'

/** Facts that somebody who changes, cancels or has lost the paper can tell; as typed. */
export type SearchFacts = Partial<Record<'receipt' | 'kana' | 'birthDate' | 'phone', string>>
export type AskNext = 'birthDate' | 'phone' | 'receipt'

export interface FoundRequest {
  submission: Submission
  name: string
  /** 昭和19年5月3日 */
  birthday: string
  booking: DescribedBooking | null
}

export type Found =
  | { found: 'one'; requests: FoundRequest[] }
  /** two people of one name: another fact is asked before anything of them is shown */
  | { found: 'several'; count: number; ask: AskNext }
  | { found: 'none' }
  | { found: 'nothing_asked' }
  | { found: 'doubtful'; problems: Partial<Record<keyof SearchFacts, Problem>> }

const MAX = 200
/** what each fact is typed as */
const KIND: Record<'kana' | 'birthDate' | 'phone', string> = {
  kana: 'kana',
  birthDate: 'era_date',
  phone: 'phone',
}

/** Finds the requests of one person. All facts must fit, and as long as they fit several people nothing is shown. */
export async function findBookings(user: User, facts: SearchFacts): Promise<Found> {
  const found = await find(user, facts)
  await transition(async (t) => {
    t.recordOnly({
      verb: 'desk.searched',
      subject: { type: 'user', id: user.id },
      clientId: user.organizationId,
      actorId: user.id,
      detail: { found: found.found },
    })
  })
  return found
}

async function find(user: User, facts: SearchFacts): Promise<Found> {
  const { values, problems } = checked(facts)
  if (Object.keys(problems).length > 0) return { found: 'doubtful', problems }
  const said = facts.receipt?.trim() ? spokenReceipt(facts.receipt) : undefined
  const terms = termsToFind(values)
  if (said === null) return { found: 'none' }
  if (terms.length === 0 && !said) return { found: 'nothing_asked' }
  const query = visibleTo(Submission.query(), user)
    .whereNotIn('state', ['erased'])
    .orderBy('createdAt', 'desc')
    .limit(MAX)
  if (said && 'receipt' in said) query.where('receipt', said.receipt)
  else if (said) query.whereRaw(`split_part(receipt, '-', 2) = ?`, [said.number])
  for (const tokens of terms) {
    query.whereIn('id', (sub) =>
      sub.from('search_tokens').whereIn('token', tokens).select('submission_id')
    )
  }
  const submissions = await query
  if (submissions.length === 0) return { found: 'none' }
  const people = new Set(
    submissions.map((submission) => `${submission.clientId}:${submission.person ?? submission.id}`)
  )
  if (people.size > 1)
    return {
      found: 'several',
      count: people.size,
      ask: !values.birthDate ? 'birthDate' : !values.phone ? 'phone' : 'receipt',
    }
  return { found: 'one', requests: await describe(submissions) }
}

async function describe(submissions: Submission[]): Promise<FoundRequest[]> {
  const ids = submissions.map((submission) => submission.id)
  const values = await latestValuesOf(submissions)
  const bookings = await bookingsOf(ids, db)
  return Promise.all(
    submissions.map(async (submission) => {
      const { description } = await frozenVersion(submission.serviceVersionId)
      const value = valueIn(values.get(submission.id))
      const { name, kana, birthDate } = description.person
      const born = value(birthDate)
      return {
        submission,
        name: value(name) || value(kana),
        birthday: isRealDate(born) ? eraDate(born) : '',
        booking: bookings.find((booking) => booking.submissionId === submission.id) ?? null,
      }
    })
  )
}

function checked(facts: SearchFacts) {
  const problems: Partial<Record<keyof SearchFacts, Problem>> = {}
  const values = { kana: '', birthDate: '', phone: '' }
  for (const key of ['kana', 'birthDate', 'phone'] as const) {
    const text = facts[key] ?? ''
    // The last four digits of a phone will do.
    const digits = text.normalize('NFKC').replace(/\D/g, '')
    const { value, problem } =
      key === 'phone' && digits.length === 4
        ? { value: digits, problem: undefined }
        : normalize(fieldOf(KIND[key]), text)
    values[key] = value
    if (problem) problems[key] = problem
  }
  return { values, problems }
}
