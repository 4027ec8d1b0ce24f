import { openCandidates, registeredWith, stopsWith } from '#app/registry/contact_candidates'
import { checkPerson } from '#app/registry/check_person'
import { couldBe, LOOKED_FOR } from '#app/registry/could_be'
import { NOBODY } from '#app/registry/registered_person'
import { isInForce } from '#app/registry/stop_kinds'
import { searchTokensOf, termsOf, type PersonFacts } from '#app/submissions/search_tokens'
import { today } from '#app/core/clock'
import db from '@adonisjs/lucid/services/db'
import type { Queries } from '#app/core/queries'

/** Somebody as the desk wrote them down: a name in kana or as it is written, and phones; either may be lacking. */
export interface WrittenDown {
  name: string
  phones: string[]
}

/**
 * Tells, in the order asked, of whom nobody outside the center may hear: who could be somebody under 支援措置, by any
 * client's register or stop. A phone that is the same is enough, as what lives behind it is theirs too. Some queries,
 * however many are asked about.
 */
export async function keptApart(asked: WrittenDown[], client: Queries = db): Promise<boolean[]> {
  const facts = asked.map(factsOf)
  const tokens = facts.flat().flatMap((one) =>
    termsOf(one)
      .filter(({ kind }) => LOOKED_FOR.includes(kind))
      .flatMap(searchTokensOf)
  )
  const found = [
    ...(await registeredWith([], [], [...new Set(tokens)], [], client)),
    ...(await stopsWith([...new Set(tokens)], client)),
  ].filter(({ kind, until }) => kind === 'protection' && isInForce(kind, until, today()))
  const candidates = await openCandidates(found, client)
  return facts.map((own) =>
    own.some((one) =>
      candidates.some(
        ({ facts: other }) =>
          couldBe(one, other) || (one.phone !== '' && one.phone === other?.phone)
      )
    )
  )
}

/** Reads who it is, once for each phone; a number among the words of the name is no part of it. */
function factsOf({ name: written, phones }: WrittenDown): PersonFacts[] {
  const name = written.replaceAll(/\p{Nd}[\p{Nd}\s()\-‐‑–—−]*/gu, ' ').trim()
  return ['', ...phones].map((phone) => {
    const { values, problems } = checkPerson({ kana: name, name, phone })
    return {
      ...NOBODY,
      kana: problems.kana ? '' : (values.kana ?? ''),
      name: values.name ?? '',
      phone: problems.phone ? '' : (values.phone ?? ''),
    }
  })
}
