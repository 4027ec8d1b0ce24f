import db from '@adonisjs/lucid/services/db'
import { readPostcodes } from '#app/catalog/addresses/read_postcodes'

const AT_ONCE = 2_000

/** The file isn't Japan Post's: nothing was changed. */
export class NotPostcodes extends Error {
  constructor(readonly line: number) {
    super(`line ${line} has no postcode where Japan Post's file has one`)
  }
}

/**
 * Takes the postcodes of Japan in anew from Japan Post's CSV.
 * @param file its content
 * @returns how many rows there are now
 * @throws {NotPostcodes}
 */
export async function importPostcodes(file: Buffer): Promise<number> {
  const table = await readPostcodes(file)
  if (!table.ok) throw new NotPostcodes(table.row ?? 1)
  const doubtful = table.rows.find((row) => row.reasons.length > 0)
  if (doubtful) throw new NotPostcodes(doubtful.row)
  await db.transaction(async (trx) => {
    await trx.rawQuery('delete from postcodes')
    for (let from = 0; from < table.rows.length; from += AT_ONCE)
      await trx
        .table('postcodes')
        .multiInsert(table.rows.slice(from, from + AT_ONCE).map((row) => row.values))
  })
  return table.rows.length
}

/** Counts the postcodes that are known. */
export async function countPostcodes(): Promise<number> {
  const [{ count }] = await db.from('postcodes').count('* as count')
  return Number(count)
}
