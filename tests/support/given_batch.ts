import db from '@adonisjs/lucid/services/db'
import { drainFlow } from '#app/flow/sweeper'
import sharp from 'sharp'
import { Visitor } from '#tests/support/visitor'

/** A kind of work as a leader types it: rows of a table, a name and a phone number as the answer. */
export const KIND = {
  'name': '名簿の入力',
  'instructions': '書いてあるとおりに入れます。\n\n電話は市外局番から。',
  'material': 'row',
  'unit': 'piece',
  'price': '12',
  'minutes': '1',
  'check': '0',
  'fields[0][label]': '氏名',
  'fields[0][kind]': 'text',
  'fields[0][required]': '1',
  'fields[1][label]': '電話',
  'fields[1][kind]': 'phone',
}

/** Three rows of which two are equal. */
export const TABLE = '会社,名刺番号\r\n青嶺商事,1\r\n片瀬工業,2\r\n青嶺商事,1\r\n'

/** A table of so many rows, each another. */
export function rows(count: number): string {
  const all = Array.from({ length: count }, (_, index) => `会社${index + 1}`)
  return `会社\r\n${all.join('\r\n')}\r\n`
}

/** A leader defines a kind of work; its id. */
export async function givenKind(
  leader: Visitor,
  more: Record<string, string> = {}
): Promise<string> {
  const { location, text } = await leader.post('/work-kinds', { ...KIND, ...more })
  if (!location)
    throw new Error(`The kind was refused: ${/role="alert">([\s\S]*?)<\/div/.exec(text)?.[1]}`)
  return location.split('/').at(-1)!
}

/** A leader makes a batch of it for the health department, without handing anything in; its address. */
export async function givenBatchOf(
  leader: Visitor,
  kindId: string,
  more: Record<string, string> = {}
): Promise<string> {
  const client = await db.from('users').where('login', 'kenko').firstOrFail()
  const lead = await db.from('users').where('login', 'leader').firstOrFail()
  const { location } = await leader.post('/batches', {
    work_kind_id: kindId,
    client_id: client.organization_id,
    title: '11月分',
    due_on: '2099-01-05',
    leader_id: lead.id,
    ...more,
  })
  if (!location) throw new Error('The batch was refused')
  return location
}

/** The same, with a table whose rows are laid out. */
export async function givenBatch(
  leader: Visitor,
  {
    table = TABLE,
    kind = {},
    batch = {},
  }: {
    table?: string
    kind?: Record<string, string>
    batch?: Record<string, string>
  } = {}
): Promise<string> {
  const path = await givenBatchOf(leader, await givenKind(leader, kind), batch)
  await handIn(leader, path, table)
  return path
}

/** Hands in a table, and has it laid out. */
export async function handIn(leader: Visitor, path: string, table: string | Buffer): Promise<void> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(Buffer.from(table))]), 'table.csv')
  await leader.post(`${path}/table`, form)
  await drainFlow()
}

/** Accepts the shortest pack that is offered of a batch, and begins; the address of the first piece. */
export async function accept(operator: Visitor, path: string): Promise<string> {
  const pack = await acceptPack(operator, path)
  return nextOf(operator, pack)
}

/** Accepts the shortest pack that is offered of a batch; its address. */
export async function acceptPack(operator: Visitor, path: string): Promise<string> {
  const id = path.split('/').at(-1)!
  const { text } = await operator.get(`/work/offers/${id}`)
  const { location } = await operator.post('/work/packs', offerIn(text))
  if (!location?.startsWith('/work/packs/')) throw new Error(`The pack was refused: ${location}`)
  return location
}

/** The first pack on a page of offers, as its form sends it. */
export function offerIn(page: string): Record<string, string> {
  const fields = ['batch_id', 'promised', 'minutes', 'amount', 'inspected_on', 'paid_on'].map(
    (name) => [name, new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '']
  )
  return Object.fromEntries(fields)
}

/** On to the next piece of a pack; its address. */
export async function nextOf(operator: Visitor, pack: string): Promise<string> {
  const { location } = await operator.post(`${pack}/next`)
  if (!location) throw new Error('There is no next piece')
  return location
}

/** Answers the piece at an address; where one is sent next. */
export async function answer(
  operator: Visitor,
  at: string,
  values: Record<string, string>
): Promise<string> {
  const fields = Object.entries(values).map(([key, value]) => [`values[${key}]`, value])
  const { location, text } = await operator.post(`${at}/result`, Object.fromEntries(fields))
  if (!location)
    throw new Error(`The answer was refused: ${/class="problem"[^>]*>([^<]*)/.exec(text)?.[1]}`)
  return location
}

/** Batches of rows and of files at work: answers, a draft, notes, pictures. */
export async function givenBatchAtWork(): Promise<void> {
  const leader = await Visitor.loggedIn('leader')
  const path = await givenBatch(leader)
  const operator = await Visitor.loggedIn('operator1')
  await answer(operator, await accept(operator, path), { f1: '青嶺太郎', f2: '' })
  const current = await db.from('assignments').whereNull('ended_at').firstOrFail()
  await operator.put(`/work/assignments/${current.id}/draft`, { 'values[f1]': '途中' })
  await leader.post(`${path}/pieces/1/again`, { why: '旧字体で' })
  const files = await givenBatchOf(
    leader,
    await givenKind(leader, { name: '写真', material: 'file' })
  )
  const form = new FormData()
  const background = { r: 200, g: 210, b: 220 }
  const picture = sharp({ create: { width: 200, height: 120, channels: 3, background } })
  form.append('files[]', new Blob([new Uint8Array(await picture.png().toBuffer())]), 'a.png')
  await leader.post(`${files}/files`, form)
  await leader.post(`${files}/begin`)
  await drainFlow()
}
