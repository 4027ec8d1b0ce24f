import ContactStop from '#app/registry/contact_stop'
import RegisterPerson, { nameOnMail, type RegisteredPerson } from '#app/registry/registered_person'
import type { StopKind } from '#app/registry/stop_kinds'
import type { PersonFacts } from '#app/submissions/search_tokens'
import type { Queries } from '#app/core/queries'
import { openLivingSealers } from '#app/core/sealing'

/** The address that mail goes to instead of the one that was written. */
export interface SendTo {
  postcode: string
  address: string
  name: string
}

/** A person of the register, or a stop that was set by hand: whoever it may be about. */
export interface Candidate {
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

interface RegisterRow {
  id: string
  client_id: string
  number_token: string
  state: string
  stop_kind: StopKind | null
  stop_until: string | null
  tokens: string[]
}

/** Finds who of the registers is told by these tokens, and who of those to whom nothing is sent shares any of them. */
export async function registeredWith(
  telling: string[],
  numbers: string[],
  tokens: string[],
  /** of people and stops that somebody has said something about */
  answered: string[],
  client: Queries
): Promise<Candidate[]> {
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
export async function stopsWith(tokens: string[], client: Queries): Promise<Candidate[]> {
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

/** Opens what the register and the stops say of them; erased ones drop out. */
export async function openCandidates(
  candidates: Candidate[],
  client: Queries
): Promise<Candidate[]> {
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
