import { drainFlow } from '#app/flow/sweeper'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import type { Visitor } from '#tests/support/visitor'

/** A letter as a client types it. */
export const LETTER = {
  name: '健診のお知らせ',
  documentNumber: '事務連絡',
  sender: '青嶺市長 (公印省略)',
  title: '健診のお知らせ',
  paragraphs: '{氏名} 様の健診は {健診日} です。\n{会場} へお越しください。',
  optional: '会場',
  city: '青嶺市',
  office: '健康課',
  postcode: '399-9901',
  address: '長野県青嶺市本町1丁目1番1号',
  phone: '0263-00-3100',
}

/** A list of so many people who live at one place, each another. */
export function listOf(count: number): string {
  const rows = Array.from(
    { length: count },
    (_row, index) =>
      `399-9903,長野県青嶺市上久保${index + 1}番地,青嶺${KANJI[index % 10]}${KANJI[Math.floor(index / 10) % 10]},12月${(index % 28) + 1}日,公民館`
  )
  return ['郵便番号,住所,氏名,健診日,会場', ...rows].join('\r\n')
}

const KANJI = '一二三四五六七八九十'

/** The health department writes a letter, and opens an order of it; the address of the mailing. */
export async function givenMailing(
  client: Visitor,
  {
    letter = {},
    product = 'letter',
    size = '18',
  }: { letter?: Record<string, string>; product?: string; size?: string } = {}
): Promise<string> {
  const { location: template, text } = await client.post('/letter-templates', {
    ...LETTER,
    ...letter,
  })
  if (!template)
    throw new Error(`The template was refused: ${/role="alert">([\s\S]*?)<\/div/.exec(text)?.[1]}`)
  const { location: order } = await client.post('/orders', {
    title: '健診のお知らせ',
    direction: 'to_paper',
    due_on: addDays(today(), 20),
  })
  const { location } = await client.post(`${order}/mailings`, {
    template_id: template.split('/').at(-1)!,
    product,
    size,
  })
  if (!location) throw new Error('The mailing was refused')
  return location
}

/** Hands a list in, and has its rows looked at. */
export async function handInList(client: Visitor, mailing: string, list: string | Buffer) {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(Buffer.from(list))]), 'list.csv')
  const answer = await client.post(`${mailing}/list`, form)
  await drainFlow()
  return answer
}

/** Sends the form of approval as its page has it. */
export async function approveBy(
  chief: Visitor,
  mailing: string,
  numbers: Record<string, string> = { approval_number: '健発123' }
) {
  const seen = /name="seen" value="(\d+)"/.exec((await chief.get(mailing)).text)?.[1] ?? ''
  return chief.post(`${mailing}/approval`, { seen, ...numbers })
}

/** Has it approved by two people, and its letters made. */
export async function approved(client: Visitor, chief: Visitor, mailing: string): Promise<void> {
  await client.post(`${mailing}/submission`)
  const { location } = await approveBy(chief, mailing)
  if (!location) throw new Error('It was not approved')
  await drainFlow()
}
