import type { Queries } from '#app/core/queries'
import { postageOf, type Postage } from '#app/replies/postings/postage'
import type Posting from '#app/replies/postings/posting'

/** Pieces of a posting that weigh the same. */
export interface PostingLine extends Postage {
  /** sheets of paper in each */
  leaves: number
  grams: number
  pieces: number
  /** yen for all of them */
  yen: number
}

/** The part of a posting that says what its pieces weigh. */
export type Weighed = Pick<
  Posting,
  'envelope' | 'mailService' | 'duplex' | 'envelopeGrams' | 'sheetGrams' | 'enclosedGrams'
>

/** So that 12.3 g three times are 36.9. */
const PER_GRAM = 10

/** Grams of a piece of so many pages. */
function gramsOf(weighed: Weighed, leaves: number): number {
  const { envelopeGrams, sheetGrams, enclosedGrams } = weighed
  return Math.round((envelopeGrams + enclosedGrams + sheetGrams * leaves) * PER_GRAM) / PER_GRAM
}

/**
 * Puts the sheets that go with a posting (those that were pulled don't) together by weight, the lightest first.
 * @param runs ids of print runs
 * @returns null where something weighs more than the post takes
 */
export async function linesOf(
  weighed: Weighed,
  runs: string[],
  client: Queries
): Promise<PostingLine[] | null> {
  const counted: { pages: number; count: number }[] = await client
    .from('sheets')
    .whereIn('print_run_id', runs)
    .whereIn('state', ['enclosed', 'posted', 'returned'])
    .groupBy('pages')
    .select('pages', client.raw('count(*)::int as count'))
  const byLeaves = new Map<number, number>()
  for (const { pages, count } of counted) {
    const leaves = weighed.duplex ? Math.ceil(pages / 2) : pages
    byLeaves.set(leaves, (byLeaves.get(leaves) ?? 0) + count)
  }
  const { envelope, mailService } = weighed
  const lines: PostingLine[] = []
  for (const [leaves, pieces] of [...byLeaves].sort(([a], [b]) => a - b)) {
    const grams = gramsOf(weighed, leaves)
    const postage = await postageOf({ envelope, mailService, grams }, client)
    if (!postage) return null
    lines.push({ ...postage, leaves, grams, pieces, yen: postage.each * pieces })
  }
  return lines
}

/** Adds lines up. */
export function sumOf(lines: PostingLine[]): { pieces: number; yen: number } {
  return {
    pieces: lines.reduce((sum, line) => sum + line.pieces, 0),
    yen: lines.reduce((sum, line) => sum + line.yen, 0),
  }
}

/** So many pieces of one weight, without a service, and the barcode makes them cheaper (Japan Post). */
const BARCODE_FROM = 1000

/** Tells whether the post may charge less for the customer barcode: it asks for many alike, and no stamps. */
export function mayBeReduced(
  { mailService, paidBy }: Pick<Posting, 'mailService' | 'paidBy'>,
  lines: PostingLine[]
): boolean {
  if (mailService !== 'ordinary' || paidBy === 'stamps') return false
  return lines.some(({ pieces }) => pieces >= BARCODE_FROM)
}
