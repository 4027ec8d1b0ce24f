import db from '@adonisjs/lucid/services/db'
import { isPossiblyOne } from '#app/registry/could_be'
import ReplyWish, { type WishedBy } from '#app/registry/wishes/reply_wish'
import { searchTokensOf, tellingTerms, type PersonFacts } from '#app/submissions/search_tokens'
import type { Queries } from '#app/core/queries'
import { openLivingSealers } from '#app/core/sealing'

/** Somebody of whom it is asked how they want to be answered. */
export interface AskedWish {
  clientId: string
  facts: PersonFacts
}

/** A wish, opened. */
export interface OpenWish extends WishedBy {
  row: ReplyWish
}

/**
 * Finds how people want to be answered: each their newest wish that has not ended. The number alone, or kana with birth
 * date, tells who it is. Three queries, however many are asked about.
 * @returns in the order of `asked`; null where nothing is known
 */
export async function wishesOf(
  asked: AskedWish[],
  client: Queries = db
): Promise<(OpenWish | null)[]> {
  const sought = asked.map(({ facts }) => tellingTerms(facts).flatMap(searchTokensOf))
  const tokens = [...new Set(sought.flat())]
  if (tokens.length === 0) return asked.map(() => null)
  const found: { wish_id: string; token: string }[] = await client
    .from('reply_wish_tokens')
    .join('reply_wishes', 'reply_wishes.id', 'reply_wish_tokens.wish_id')
    .whereIn('token', tokens)
    .whereNot('state', 'ended')
    .select('wish_id', 'token')
  if (found.length === 0) return asked.map(() => null)
  const open = await openWishes(
    ReplyWish.$createMultipleFromAdapterResult(
      await client.from('reply_wishes').whereIn('id', [...new Set(found.map((one) => one.wish_id))])
    ),
    client
  )
  const byToken = Map.groupBy(found, (one) => one.token)
  return asked.map(({ clientId, facts }, index) => {
    const ids = new Set(
      sought[index].flatMap((token) => (byToken.get(token) ?? []).map((one) => one.wish_id))
    )
    const own = open.filter(
      ({ row, of }) => ids.has(row.id) && row.clientId === clientId && isPossiblyOne(facts, of)
    )
    return own.toSorted((a, b) => (a.row.id < b.row.id ? 1 : -1))[0] ?? null
  })
}

/** Rows, opened; those whose key is destroyed drop out. */
export async function openWishes(rows: ReplyWish[], client: Queries = db): Promise<OpenWish[]> {
  const sealers = await openLivingSealers(
    rows.map((row) => row.dataKeyId),
    client
  )
  return rows.flatMap((row) => {
    const sealer = sealers.get(row.dataKeyId)
    return sealer ? [{ row, ...row.open(sealer) }] : []
  })
}
