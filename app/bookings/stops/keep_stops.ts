import type Organization from '#app/people/organization'
import type User from '#app/people/user'
import type Stop from '#app/bookings/stops/stop'
import { fieldOf, normalize } from '#app/catalog/field_values'
import { newId } from '#app/core/ids'
import type { Imported } from '#app/core/tables/imported'
import { openTable } from '#app/core/tables/open_table'
import type { TableColumn } from '#app/core/tables/table'
import { transition, type Transition } from '#app/core/transition'
import { typedNumber } from '#app/core/typed_number'

export interface StopFacts {
  number: number
  name: string
  /** katakana: how it is said, and found */
  kana: string
}

const MAX_STOPS = 2000
const HIGHEST = 9999
export const MAX_NAME = 60

/** The columns of a file of stops: the heading that is written, and others that are understood. */
export const STOP_HEADINGS = {
  number: ['番号', '停留所番号', 'number'],
  name: ['停留所', '名前', '停留所名', 'name'],
  kana: ['フリガナ', 'カナ', 'かな', 'kana'],
} as const

const COLUMNS: TableColumn[] = [
  { key: 'number', headings: [...STOP_HEADINGS.number], required: true, read: readNumber },
  { key: 'name', headings: [...STOP_HEADINGS.name], required: true, read: readName },
  { key: 'kana', headings: [...STOP_HEADINGS.kana], required: true, read: readKana },
]

function readNumber(cell: string) {
  const number = typedNumber(cell)
  return number >= 1 && number <= HIGHEST
    ? { value: String(number) }
    : { value: cell, problem: 'stop_number' }
}

function readName(cell: string) {
  const value = cell.trim()
  return value.length >= 1 && value.length <= MAX_NAME
    ? { value }
    : { value: cell, problem: 'stop_name' }
}

function readKana(cell: string) {
  const { value, problem } = normalize(fieldOf('kana'), cell)
  return !problem && value.length >= 1 && value.length <= MAX_NAME
    ? { value }
    : { value: cell, problem: 'kana' }
}

/** Reads a stop as it was typed; null where something of it can't be taken. */
export function stopFrom(typed: Record<'number' | 'name' | 'kana', string>): StopFacts | null {
  const read = COLUMNS.map(({ key, read: reads }) => reads(typed[key as keyof StopFacts] ?? ''))
  if (read.some(({ problem }) => problem)) return null
  const [number, name, kana] = read.map(({ value }) => value)
  return { number: Number(number), name, kana }
}

/** Adds a stop, or gives the one of that number another name. */
export async function keepStop(user: User, client: Organization, stop: StopFacts): Promise<void> {
  await transition((t) => putStops(t, client.id, [stop], user.id))
}

/** Takes the stops of a kit or a file: those that there are get the names that stand there. */
export async function putStops(
  t: Transition,
  clientId: string,
  stops: StopFacts[],
  actorId: string | null
): Promise<void> {
  if (stops.length === 0) return
  await t.trx
    .knexQuery()
    .insert(stops.map((stop) => ({ id: newId(), client_id: clientId, ...stop })))
    .into('stops')
    .onConflict(['client_id', 'number'])
    .merge(['name', 'kana'])
  t.recordOnly({
    verb: 'stops.kept',
    subject: { type: 'organization', id: clientId },
    clientId,
    actorId,
    detail: { count: stops.length, first: stops[0].number },
  })
}

/** Takes the stops of a table: all of them, or none. */
export async function importStops(
  user: User,
  client: Organization,
  content: Buffer
): Promise<Imported> {
  const table = await openTable(content, COLUMNS, { maxRows: MAX_STOPS, unique: 'number' })
  if (!table.ok) return { ok: false, refused: table, faulty: [] }
  const rows = await Array.fromAsync(table.rows())
  const faulty = rows.filter(({ reasons }) => reasons.length > 0)
  if (faulty.length > 0) return { ok: false, faulty }
  const stops = rows.map(({ values: { number, name, kana } }) => ({
    number: Number(number),
    name,
    kana,
  }))
  await transition((t) => putStops(t, client.id, stops, user.id))
  return { ok: true, count: stops.length }
}

/** Removes a stop that no vehicle passes; false where one does. */
export async function removeStop(user: User, stop: Stop): Promise<boolean> {
  return transition(async (t) => {
    const { rows } = await t.trx.rawQuery<{ rows: unknown[] }>(
      `select 1 from calendars where client_id = :client and rules -> 'stops' @> cast(:stop as jsonb) limit 1`,
      { client: stop.clientId, stop: JSON.stringify(stop.number) }
    )
    if (rows.length > 0) return false
    await stop.useTransaction(t.trx).delete()
    t.recordOnly({
      verb: 'stop.removed',
      subject: { type: 'organization', id: stop.clientId },
      clientId: stop.clientId,
      actorId: user.id,
      detail: { number: stop.number },
    })
    return true
  })
}
