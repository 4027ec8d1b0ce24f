import { randomInt } from 'node:crypto'
import type { Queries } from '#app/core/queries'

/** Plants and things of everyday life: short, and hard to mishear on the phone. */
export const RECEIPT_WORDS = [
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

/** So many numbers of four digits are tried before one of five is given. */
const TRIES = 20

/** A receipt number that is easy to say: うめ-4821. Random, so that it tells nothing of how many came before. */
export async function newReceiptNumber(client: Queries): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    const number = attempt <= TRIES ? randomInt(1000, 10_000) : randomInt(10_000, 100_000)
    const receipt = `${RECEIPT_WORDS[randomInt(RECEIPT_WORDS.length)]}-${number}`
    const known = await client.from('submissions').where('receipt', receipt).select('id').first()
    if (!known) return receipt
  }
}

/** Reads a spoken receipt number: うめ-4821 however it is written, or its number alone; null where it is none. */
export function spokenReceipt(typed: string): { receipt: string } | { number: string } | null {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\u30A1-\u30F6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .replace(/[^ぁ-ん0-9]/g, '')
  const parts = /^([ぁ-ん]*?)の?(\d{4,5})$/.exec(plain)
  if (!parts) return null
  return parts[1] ? { receipt: `${parts[1]}-${parts[2]}` } : { number: parts[2] }
}
