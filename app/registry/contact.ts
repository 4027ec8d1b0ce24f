import db from '@adonisjs/lucid/services/db'
import { registerTokens } from '#app/registry/register_tokens'
import {
  openCandidates,
  registeredWith,
  stopsWith,
  type Candidate,
  type SendTo,
} from '#app/registry/contact_candidates'
import { answerKey, answersOf } from '#app/registry/contact_answers'
import { contradicts, couldBe, LOOKED_FOR } from '#app/registry/could_be'
import { isInForce, MAY_CALL, STOP_KINDS, type StopKind } from '#app/registry/stop_kinds'
import {
  searchTokensOf,
  tellingTerms,
  termsOf,
  type PersonFacts,
  type SearchTerm,
} from '#app/submissions/search_tokens'
import { refuseCalls } from '#app/registry/refused_numbers'
import { today } from '#app/core/clock'
import { centerOf } from '#app/people/center'
import type { Queries } from '#app/core/queries'

/** Somebody of whom it is asked whether and where they may be written to or called. */
export interface AskedPerson {
  /** of the submission, where there is one: what was answered about it counts */
  submissionId: string
  clientId: string
  facts: PersonFacts
}

/** Somebody who could be meant, and why it matters: somebody asks. */
export interface MaybeSame {
  registerPersonId: string | null
  stopId: string | null
  kind: StopKind
}

/** An answer to who may be written to or called, where, and why not. */
export interface Contact {
  /** why nothing is sent; null where mail goes */
  stop: StopKind | null
  /** 支援措置: shown to named staff only, asked of nobody else */
  isProtected: boolean
  calls: 'yes' | 'client'
  /** they have said that they aren't to be called at this number */
  refusesCalls: boolean
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
  refusesCalls: false,
  sendTo: null,
  mailName: '',
  maybe: [],
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
  const sought = new Map(asked.map((one) => [one.submissionId, soughtFor(one.facts)]))
  const all = (key: keyof Sought) => [
    ...new Set([...sought.values()].flatMap((one) => [...one[key]])),
  ]
  const answers = await answersOf([...sought.keys()], client)
  const candidates = await openCandidates(
    [
      ...(await registeredWith(
        all('telling'),
        all('numbers'),
        all('helping'),
        [...answers.keys()].map((key) => key.split(' ')[1]),
        client
      )),
      ...(await stopsWith(all('helping'), client)),
    ],
    client
  )
  const refused = await refuseCalls(
    asked.map(({ clientId, facts }) => ({ clientId, phone: facts.phone })),
    client
  )
  const center = await centerOf(client)
  return new Map(
    asked.map((one, index) => {
      const own = candidates.filter(
        ({ clientId }) => clientId === one.clientId || clientId === center
      )
      const contact = contactFrom(one, sought.get(one.submissionId)!, own, answers)
      return [one.submissionId, { ...contact, refusesCalls: refused[index] }]
    })
  )
}

/** Tokens by which somebody is looked for. */
interface Sought {
  /** the number, as registers and stops keep it */
  numbers: Set<string>
  /** what alone tells who it is */
  telling: Set<string>
  /** what at least says who it could be */
  helping: Set<string>
}

function soughtFor(facts: PersonFacts): Sought {
  const tokens = (terms: SearchTerm[]) => terms.flatMap(searchTokensOf)
  const telling = tellingTerms(facts)
  const number = telling.filter(({ kind }) => kind === 'number')
  return {
    numbers: new Set([
      ...tokens(number),
      ...(number.length > 0 ? registerTokens(facts.number) : []),
    ]),
    telling: new Set(tokens(telling)),
    helping: new Set(tokens(termsOf(facts).filter(({ kind }) => LOOKED_FOR.includes(kind)))),
  }
}

/** The same for one. */
export async function contactOf(asked: AskedPerson, client: Queries = db): Promise<Contact> {
  return (await contactsOf([asked], client)).get(asked.submissionId) ?? FREE
}

function contactFrom(
  { submissionId, facts }: AskedPerson,
  { numbers, telling, helping }: Sought,
  candidates: Candidate[],
  answers: Map<string, 'yes' | 'no'>
): Omit<Contact, 'refusesCalls'> {
  const has = (tokens: Set<string>, { tokens: own }: Candidate) =>
    [...tokens].some((token) => own.has(token))
  const answer = (one: Candidate) => answers.get(answerKey(submissionId, one))
  const isSame = (one: Candidate) =>
    answer(one) === 'yes' ||
    (one.numberToken !== null && numbers.has(one.numberToken)) ||
    has(numbers, one) ||
    (has(telling, one) && answer(one) !== 'no' && !contradicts(facts, one.facts))
  const same = candidates.filter(isSame)
  const maybe = candidates.filter(
    (one) =>
      one.kind !== null &&
      !isSame(one) &&
      isInForce(one.kind, one.until, today()) &&
      answer(one) === undefined &&
      // One number is a voucher's, the other may be another list's: that is asked, never passed over.
      (has(telling, one) || (has(helping, one) && couldBe(facts, one.facts)))
  )
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
