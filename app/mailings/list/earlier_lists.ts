import db from '@adonisjs/lucid/services/db'
import { addressCode } from '#app/catalog/addresses/address_code'
import type { Letter } from '#app/replies/letter'
import { foldName } from '#app/submissions/fold_names'
import { blindIndex, blindIndexes } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

/** So many rows one after the other that have their neighbor's address are no chance. */
const IN_A_ROW = 3
/** So many, and so large a share of the people who are known, are at the address of somebody else. */
const APART = { rows: 10, share: 0.1 }
/** Days after which nobody compares with what was written. */
const REMEMBERED_DAYS = 400
const AT_ONCE = 5000

const PERSON = 'mailings:person'
const PLACE = 'mailings:place'

/** Rows of a list whose names stand beside the addresses of others. */
export interface Shift {
  /** the first and the last such row */
  from: number
  to: number
  rows: number
}

const NONE: Shift = { from: 0, to: 0, rows: 0 }

interface Addressed {
  row: number
  to: Letter['to']
}

interface Known {
  row: number
  /** where they were written to last; null where they weren't, or at several places */
  earlier: string | null
  /** where they are now, by every key */
  here: string[]
}

/**
 * Compares a list with what the same client's lists said before: whether its columns have come apart, so that names stand
 * beside the addresses of others. Who has moved to a place of their own is nobody's neighbor.
 */
export class EarlierLists {
  #known = 0
  #others = NONE
  #run = NONE
  #longest = NONE
  #last: Known | undefined

  constructor(readonly clientId: string) {}

  /** Looks at the next rows of the list, in its order. */
  async look(rows: Addressed[]): Promise<void> {
    const known = await this.#knownOf(rows)
    const taken = await this.#places(known.filter(hasMoved).flatMap(({ here }) => here))
    for (const [index, one] of known.entries()) {
      if (one.earlier) this.#known += 1
      const beside = [known[index - 1] ?? this.#last, known[index + 1]]
      const isShifted =
        hasMoved(one) && beside.some((other) => other?.earlier && one.here.includes(other.earlier))
      this.#run = isShifted ? withRow(this.#run, one.row) : NONE
      if (this.#run.rows > this.#longest.rows) this.#longest = this.#run
      if (hasMoved(one) && one.here.some((place) => taken.has(place)))
        this.#others = withRow(this.#others, one.row)
    }
    this.#last = known.at(-1) ?? this.#last
  }

  /** Tells whether the columns have come apart; null where they haven't. */
  get shift(): Shift | null {
    const { rows } = this.#others
    const isApart = rows >= APART.rows && rows >= this.#known * APART.share
    if (this.#longest.rows < IN_A_ROW && !isApart) return null
    return isApart ? this.#others : this.#longest
  }

  async #knownOf(rows: Addressed[]): Promise<Known[]> {
    const tokens = rows.map(({ to }) => blindIndexes(foldName(to.name), PERSON))
    const found: { person_token: string; place_token: string | null }[] = await db
      .from('written_addresses')
      .where('client_id', this.clientId)
      .whereIn('person_token', tokens.flat())
      .select('person_token', 'place_token')
    const places = new Map(found.map(({ person_token: who, place_token: at }) => [who, at]))
    return rows.map(({ row, to }, index) => ({
      row,
      earlier: tokens[index].map((token) => places.get(token)).find((place) => place) ?? null,
      here: blindIndexes(placeOf(to), PLACE),
    }))
  }

  /** Places of these that somebody was written to at. */
  async #places(tokens: string[]): Promise<Set<string>> {
    if (tokens.length === 0) return new Set()
    const found: { place: string }[] = await db
      .from('written_addresses')
      .where('client_id', this.clientId)
      .whereIn('place_token', tokens)
      .distinct('place_token as place')
    return new Set(found.map(({ place }) => place))
  }
}

function withRow({ from, rows }: Shift, row: number): Shift {
  return { from: rows === 0 ? row : from, to: row, rows: rows + 1 }
}

function hasMoved({ earlier, here }: Known): boolean {
  return earlier !== null && !here.includes(earlier)
}

/** Keeps where the people of a list are written to. A name that a list has at several places tells nothing. */
export async function rememberAddresses(
  t: Transition,
  { clientId, id }: { clientId: string; id: string },
  letters: { letter: Letter }[]
): Promise<void> {
  const places = new Map<string, string | null>()
  for (const { letter } of letters) {
    const who = blindIndex(foldName(letter.to.name), PERSON)
    const place = blindIndex(placeOf(letter.to), PLACE)
    places.set(who, places.has(who) && places.get(who) !== place ? null : place)
  }
  if (places.size === 0) return
  // In one order, so that two lists don't wait for each other.
  const sorted = [...places].toSorted(([one], [other]) => (one < other ? -1 : 1))
  await t.trx.rawQuery(
    `insert into written_addresses as w (client_id, person_token, place_token, mailing_id)
     select :clientId, who, nullif(place, ''), :id
     from unnest(cast(:who as text[]), cast(:places as text[])) as found (who, place)
     on conflict (client_id, person_token) do update set
       place_token = case
         when w.mailing_id = excluded.mailing_id and w.place_token is distinct from excluded.place_token then null
         else excluded.place_token end,
       mailing_id = excluded.mailing_id, written_on = current_date`,
    {
      ...{ clientId, id },
      who: sorted.map(([who]) => who),
      places: sorted.map(([, place]) => place ?? ''),
    }
  )
}

/** Forgets where people were written to whom no list has had for long. */
export async function forgetAddresses(): Promise<void> {
  await db.rawQuery(
    `delete from written_addresses w using (
       select client_id, person_token from written_addresses
       where written_on < current_date - ${REMEMBERED_DAYS} order by written_on limit ${AT_ONCE}
     ) old where w.client_id = old.client_id and w.person_token = old.person_token`
  )
}

/** An address as it is compared: its postcode and numbers, however the rest is written. */
function placeOf({ postcode, address }: Letter['to']): string {
  return `${postcode.normalize('NFKC').replace(/\D/g, '')} ${addressCode(address)}`
}
