import { randomInt } from 'node:crypto'
import type { Queries } from '#app/shared/queries'

/** Plants and things of everyday life: short, and hard to mishear on the phone. */
const WORDS = [
  'うめ',
  'さくら',
  'もも',
  'ふじ',
  'きく',
  'はぎ',
  'つばき',
  'ゆり',
  'すみれ',
  'かえで',
  'まつ',
  'たけ',
  'いちょう',
  'なでしこ',
  'あやめ',
  'かし',
  'けやき',
  'ぶどう',
  'みかん',
  'りんご',
  'すいか',
  'なす',
  'だいこん',
  'にんじん',
  'たまご',
  'おにぎり',
  'つばめ',
  'すずめ',
  'うさぎ',
  'かもめ',
  'ほたる',
  'くじら',
]

/** A receipt number that is easy to say: うめ-4821. Random, so that it tells nothing of how many came before. */
export async function newReceiptNumber(client: Queries): Promise<string> {
  for (;;) {
    const receipt = `${WORDS[randomInt(WORDS.length)]}-${randomInt(1000, 10000)}`
    const known = await client.from('submissions').where('receipt', receipt).select('id').first()
    if (!known) return receipt
  }
}
