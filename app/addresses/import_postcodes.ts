import { createReadStream } from 'node:fs'
import db from '@adonisjs/lucid/services/db'
import { parse } from 'csv-parse'

/** Columns of Japan Post's utf_ken_all.csv (郵便番号データの説明): postcode, prefecture, city, town. */
const COLUMNS = { postcode: 2, prefecture: 6, city: 7, town: 8 } as const
const LEAST_COLUMNS = 9
const AT_ONCE = 2_000

/** The file isn't Japan Post's: nothing was changed. */
export class NotPostcodes extends Error {
  constructor(readonly line: number) {
    super(`line ${line} has no postcode where Japan Post's UTF-8 file has one`)
  }
}

/**
 * Takes the postcodes of Japan in anew from Japan Post's UTF-8 CSV.
 * @returns how many rows there are now
 * @throws {NotPostcodes}
 */
export async function importPostcodes(file: string): Promise<number> {
  return db.transaction(async (trx) => {
    await trx.rawQuery('delete from postcodes')
    const put = async (rows: object[]) => {
      if (rows.length > 0) await trx.table('postcodes').multiInsert(rows)
    }
    let [count, line] = [0, 0]
    let rows: object[] = []
    const lines = parse({ bom: true, relax_column_count: true })
    createReadStream(file)
      .on('error', (error) => lines.destroy(error))
      .pipe(lines)
    for await (const cells of lines as AsyncIterable<string[]>) {
      line++
      const postcode = cells[COLUMNS.postcode]
      if (cells.length < LEAST_COLUMNS || !/^\d{7}$/.test(postcode)) throw new NotPostcodes(line)
      rows.push({
        postcode,
        prefecture: cells[COLUMNS.prefecture],
        city: cells[COLUMNS.city],
        town: townOf(cells[COLUMNS.town]),
      })
      count++
      if (rows.length === AT_ONCE) await put(rows.splice(0))
    }
    if (line === 0) throw new NotPostcodes(1)
    await put(rows)
    return count
  })
}

/** Without what stands for "the rest of the city", and without remarks in parentheses. */
function townOf(town: string): string {
  return town === '以下に掲載がない場合'
    ? ''
    : town.replace(/（.*$/, '').replace(/(の次に.*|.*一円)$/, '')
}
