import db from '@adonisjs/lucid/services/db'
import { isReadable } from '#app/catalog/fields/characters'
import { registerTokens } from '#app/register/compare_register'
import ContactStop from '#app/register/contact_stop'
import RegisterPerson, { nameOnMail, type RegisteredPerson } from '#app/register/registered_person'
import { isInForce, MAY_CALL, STOP_KINDS, type StopKind } from '#app/register/stop_kinds'
import { foldName, foldReading, LATIN_NAME, partsOf } from '#app/submissions/fold_names'
import {
  searchTokensOf,
  tellingTerms,
  termsOf,
  type PersonFacts,
  type TokenKind,
} from '#app/submissions/search_tokens'
import { today } from '#app/shared/clock'
import type { Queries } from '#app/shared/queries'
import { openLivingSealers } from '#app/shared/sealing'

/** Somebody of whom it is asked whether and where they may be written to or called. */
export interface AskedPerson {
  /** of the submission, where there is one: what was answered about it counts */
  submissionId: string
  clientId: string
  facts: PersonFacts
}

/** Where mail goes instead of to the address that was written. */
export interface SendTo {
  postcode: string
  address: string
  name: string
}

/** Who could be meant, and why it matters: somebody asks. */
export interface MaybeSame {
  registerPersonId: string | null
  stopId: string | null
  kind: StopKind
}

/** Who may be written to or called, where, and why not. */
export interface Contact {
  /** why nothing is sent; null where mail goes */
  stop: StopKind | null
  /** 支援措置: shown to named staff only, asked of nobody else */
  isProtected: boolean
  calls: 'yes' | 'client'
  sendTo: SendTo | null
  /** by which name the register wants them written to: a foreign resident's Latin name or 通称 */
  mailName: string
  /** weaker matches with somebody to whom nothing is sent: questions, never stops by themselves */
  maybe: MaybeSame[]
}

export const FREE: Contact = {
  stop: null,
  isProtected: false,
  calls: 'yes',
  sendTo: null,
  mailName: '',
  maybe: [],
}

/** A person of the register, or a stop that was set by hand: whoever it may be about. */
interface Candidate {
  registerPersonId: string | null
  stopId: string | null
  clientId: string
  kind: StopKind | null
  until: string | null
  mayCall: boolean
  tokens: Set<string>
  numberToken: string | null
  facts: PersonFacts | null
  sendTo: SendTo | null
  mailName: string
}

/**
 * The one place that says who may be written to or called: by the client's register, by stops that were set by hand, and
 * by what somebody has answered. The number alone, or kana with birth date, tells who it is. A handful of queries,
 * however many are asked about.
 */
export async function contactsOf(
  asked: AskedPerson[],
  client: Queries = db
): Promise<Map<string, Contact>> {
  const telling = new Map(
    asked.map((one) => [one.submissionId, new Set(tellingTerms(one.facts).flatMap(searchTokensOf))])
  )
  const numbers = new Map(
    asked.map((one) => [
      one.submissionId,
      isReadable(one.facts.number) ? registerTokens(one.facts.number) : [],
    ])
  )
  const helping = new Map(
    asked.map((one) => [
      one.submissionId,
      new Set(
        termsOf(one.facts)
          .filter(({ kind }) => LOOKED_FOR.includes(kind))
          .flatMap(searchTokensOf)
      ),
    ])
  )
  const tokens = [...new Set([...telling.values(), ...helping.values()].flatMap((set) => [...set]))]
  const answers = await answersOf(
    asked.map((one) => one.submissionId),
    client
  )
  const candidates = await open(
    [
      ...(await registeredWith(
        [...new Set([...telling.values()].flatMap((set) => [...set]))],
        [...numbers.values()].flat(),
        tokens,
        answers,
        client
      )),
      ...(await stopsWith(tokens, client)),
    ],
    client
  )
  const center = await centerOf(client)
  return new Map(
    asked.map((one) => {
      const own = candidates.filter(
        ({ clientId }) => clientId === one.clientId || clientId === center
      )
      const isSame = (candidate: Candidate) =>
        answers.get(answerKey(one.submissionId, candidate)) === 'yes' ||
        (candidate.numberToken !== null &&
          numbers.get(one.submissionId)!.includes(candidate.numberToken)) ||
        [...telling.get(one.submissionId)!].some((token) => candidate.tokens.has(token))
      const answer = (candidate: Candidate) => answers.get(answerKey(one.submissionId, candidate))
      const same = own.filter(
        (candidate) =>
          isSame(candidate) &&
          (answer(candidate) === 'yes' ||
            (answer(candidate) === undefined && !contradicts(one.facts, candidate.facts)))
      )
      const near = helping.get(one.submissionId)!
      const maybe = own.filter(
        (candidate) =>
          candidate.kind !== null &&
          !same.includes(candidate) &&
          isInForce(candidate.kind, candidate.until, today()) &&
          answer(candidate) === undefined &&
          // One number is a voucher's, the other may be another list's: that is asked, never passed over.
          (isSame(candidate) ||
            ([...near].some((token) => candidate.tokens.has(token)) &&
              couldBe(one.facts, candidate.facts)))
      )
      return [one.submissionId, contactFrom(same, maybe)]
    })
  )
}

/** The same for one. */
export async function contactOf(asked: AskedPerson, client: Queries = db): Promise<Contact> {
  return (await contactsOf([asked], client)).get(asked.submissionId) ?? FREE
}

function contactFrom(same: Candidate[], maybe: Candidate[]): Contact {
  const inForce = same.filter(({ kind, until }) => kind && isInForce(kind, until, today()))
  const stops = inForce.filter((one) => !goesElsewhere(one))
  // What was set by hand ends with its day; what the register says, with the register.
  const going = same.filter(
    (one) => one.stopId === null || (inForce.includes(one) && goesElsewhere(one))
  )
  const strongest = STOP_KINDS.find((kind) => stops.some((one) => one.kind === kind)) ?? null
  const decided = stops.some((one) => one.kind === strongest && one.mayCall)
  return {
    stop: strongest,
    isProtected: stops.some((one) => one.kind === 'protection'),
    calls: !strongest || MAY_CALL[strongest] || decided ? 'yes' : 'client',
    sendTo: going.flatMap((one) => one.sendTo ?? [])[0] ?? null,
    mailName: going.map((one) => one.mailName).find((name) => name !== '') ?? '',
    maybe: maybe.map(({ registerPersonId, stopId, kind }) => ({
      registerPersonId,
      stopId,
      kind: kind!,
    })),
  }
}

/** Kinds of which somebody else may get the mail. */
const ELSEWHERE: StopKind[] = ['guardian', 'facility', 'wish']

/** Set by hand with another address: mail goes there instead of nowhere. */
function goesElsewhere({ stopId, kind, sendTo }: Candidate): boolean {
  return stopId !== null && kind !== null && ELSEWHERE.includes(kind) && sendTo !== null
}

/** Two numbers that differ are two people, or one number is of another kind. */
function contradicts(facts: PersonFacts, other: PersonFacts | null): boolean {
  if (!other) return false
  return isReadable(facts.number) && isReadable(other.number) && facts.number !== other.number
}

/**
 * Whether somebody could be meant although nothing tells it: a name without a birth date, a birth date with a name or
 * a phone. A phone alone never is enough beside a name that differs.
 */
function couldBe(facts: PersonFacts, other: PersonFacts | null): boolean {
  if (!other || contradicts(facts, other)) return false
  const [kana, named] = [
    { known: isReadable(facts.kana) && isReadable(other.kana), same: sameReading(facts, other) },
    { known: namesIn(facts).length > 0 && namesIn(other).length > 0, same: sameName(facts, other) },
  ]
  const born = isReadable(facts.birthDate) && isReadable(other.birthDate)
  const sameBirth = born && facts.birthDate === other.birthDate
  const samePhone = isReadable(facts.phone) && facts.phone === other.phone
  const sameWho = (kana.known && kana.same) || (named.known && named.same)
  if (sameWho) return !born || sameBirth || samePhone
  if (sameBirth) return samePhone || sameFamily(facts, other)
  return !kana.known && !named.known && !born && samePhone
}

function sameReading(one: PersonFacts, other: PersonFacts): boolean {
  const forms = foldReading(other.kana)
  return foldReading(one.kana).some((form) => forms.includes(form))
}

function sameName(one: PersonFacts, other: PersonFacts): boolean {
  const names = namesIn(other)
  return namesIn(one).some((name) => names.includes(name))
}

/** All names but kana, folded: who has no kana goes by the Latin name in its place. */
function namesIn({ name, kana, latinName = '', alias = '' }: PersonFacts): string[] {
  return [name, LATIN_NAME.test(kana) ? kana : '', latinName, alias]
    .filter(isReadable)
    .map(foldName)
}

function sameFamily(one: PersonFacts, other: PersonFacts): boolean {
  const [mine, theirs] = [one.kana, other.kana].map((kana) => foldReading(partsOf(kana)[0] ?? ''))
  return mine.some((form) => theirs.includes(form))
}

/** What helps to find who could be meant: parts of names are too common, and so are the last digits of a phone. */
export const LOOKED_FOR: TokenKind[] = [
  'number',
  'kana_birth',
  'reading',
  'name',
  'birth_date',
  'phone',
]

interface RegisterRow {
  id: string
  client_id: string
  number_token: string
  state: string
  stop_kind: StopKind | null
  stop_until: string | null
  tokens: string[]
}

/** Who of the registers is told by these tokens, and who of those to whom nothing is sent shares any of them. */
async function registeredWith(
  telling: string[],
  numbers: string[],
  tokens: string[],
  answers: Map<string, 'yes' | 'no'>,
  client: Queries
): Promise<Candidate[]> {
  const answered = [...answers.keys()].map((key) => key.split(' ')[1])
  const { rows }: { rows: RegisterRow[] } = await client.rawQuery(
    `select p.id, p.client_id, p.number_token, p.state, p.stop_kind, p.stop_until,
       coalesce((select array_agg(t.token) from register_tokens t where t.person_id = p.id and t.token = any(:tokens)), '{}') as tokens
     from register_people p
     where p.id in (
       select id from register_people where number_token = any(:numbers)
       union select person_id from register_tokens where token = any(:telling)
       union select t.person_id from register_tokens t join register_people s on s.id = t.person_id
         where t.token = any(:tokens) and (s.stop_kind is not null or s.state = 'died')
       union select id from register_people where id::text = any(:answered))`,
    { telling, numbers, tokens, answered }
  )
  return rows.map((row) => ({
    registerPersonId: row.id,
    stopId: null,
    clientId: row.client_id,
    kind: row.state === 'died' ? 'deceased' : row.stop_kind,
    until: row.state === 'died' ? null : row.stop_until,
    mayCall: false,
    tokens: new Set(row.tokens),
    numberToken: row.number_token,
    facts: null,
    sendTo: null,
    mailName: '',
  }))
}

/** Stops that were set by hand and share any of these tokens. */
async function stopsWith(tokens: string[], client: Queries): Promise<Candidate[]> {
  const { rows }: { rows: (StopRow & { tokens: string[] })[] } = await client.rawQuery(
    `select s.id, s.client_id, s.kind, s.until, s.may_call, array_agg(t.token) as tokens
     from contact_stops s join contact_stop_tokens t on t.stop_id = s.id
     where s.ended_at is null and t.token = any(:tokens)
     group by s.id`,
    { tokens }
  )
  return rows.map((row) => ({
    registerPersonId: null,
    stopId: row.id,
    clientId: row.client_id,
    kind: row.kind,
    until: row.until,
    mayCall: row.may_call,
    tokens: new Set(row.tokens),
    numberToken: null,
    facts: null,
    sendTo: null,
    mailName: '',
  }))
}

interface StopRow {
  id: string
  client_id: string
  kind: StopKind
  until: string | null
  may_call: boolean
}

/** What was answered about who a submission is of: `<submission> <person or stop>`. */
async function answersOf(
  submissionIds: string[],
  client: Queries
): Promise<Map<string, 'yes' | 'no'>> {
  const rows: {
    submission_id: string
    register_person_id: string | null
    stop_id: string | null
    answer: 'yes' | 'no'
  }[] = await client
    .from('contact_questions')
    .whereIn('submission_id', submissionIds)
    .where('kind', 'same_person')
    .whereNotNull('answer')
    .select('submission_id', 'register_person_id', 'stop_id', 'answer')
  return new Map(
    rows.map((row) => [
      answerKey(row.submission_id, {
        registerPersonId: row.register_person_id,
        stopId: row.stop_id,
      }),
      row.answer,
    ])
  )
}

function answerKey(
  submissionId: string,
  { registerPersonId, stopId }: Pick<Candidate, 'registerPersonId' | 'stopId'>
): string {
  return `${submissionId} ${registerPersonId ?? stopId}`
}

/** What the register and the stops say of them; erased ones drop out. */
async function open(candidates: Candidate[], client: Queries): Promise<Candidate[]> {
  const people = RegisterPerson.$createMultipleFromAdapterResult(
    await client.from('register_people').whereIn(
      'id',
      candidates.flatMap((one) => one.registerPersonId ?? [])
    )
  )
  const stops = ContactStop.$createMultipleFromAdapterResult(
    await client.from('contact_stops').whereIn(
      'id',
      candidates.flatMap((one) => one.stopId ?? [])
    )
  )
  const sealers = await openLivingSealers(
    [...people, ...stops].map((one) => one.dataKeyId),
    client
  )
  const known = new Map<string, RegisteredPerson>(
    [...people, ...stops].flatMap((one) => {
      const sealer = sealers.get(one.dataKeyId)
      return sealer ? [[one.id, one.open(sealer)] as const] : []
    })
  )
  return candidates.flatMap((one) => {
    const person = known.get((one.registerPersonId ?? one.stopId)!)
    return person
      ? [
          {
            ...one,
            facts: person,
            sendTo: sendToOf(person),
            mailName: person.addressedBy === '' ? '' : nameOnMail(person),
          },
        ]
      : []
  })
}

function sendToOf(person: RegisteredPerson): SendTo | null {
  if (person.sendTo === '' && person.sendToName === '') return null
  // 〒399-9901 may stand before the address, where there is no column for it.
  const written = /^〒? ?(\d{3})-?(\d{4}) ?(.*)$/.exec(person.sendTo)
  return {
    postcode: person.sendToPostcode || (written ? written[1] + written[2] : ''),
    address: written ? written[3] : person.sendTo,
    name: person.sendToName,
  }
}

/** The center's own organization: its stops hold for every client. */
export async function centerOf(client: Queries): Promise<string> {
  const { id } = await client
    .from('organizations')
    .where('kind', 'center')
    .select('id')
    .firstOrFail()
  return id
}
