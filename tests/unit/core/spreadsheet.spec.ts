import { test } from '@japa/runner'
import { sheetLines } from '#app/core/tables/spreadsheet'
import { workbook } from '#tests/support/workbook'

/** First bytes of what a ZIP says of each file: beside it, and in the list at its end; and where its size stands. */
const HEADERS = [
  { start: [0x50, 0x4b, 0x03, 0x04], size: 22 },
  { start: [0x50, 0x4b, 0x01, 0x02], size: 24 },
]

/** The same, but it says of each of its files that it is one byte long. */
function understated(zip: Buffer): Buffer {
  const copy = Buffer.from(zip)
  for (const { start, size } of HEADERS)
    for (
      let at = copy.indexOf(Buffer.from(start));
      at >= 0;
      at = copy.indexOf(Buffer.from(start), at + 4)
    )
      copy.writeUInt32LE(1, at + size)
  return copy
}

test.group('A workbook', () => {
  const rows = [
    ['氏名', '日', '数'],
    ['青嶺花子', { day: 46357 }, 12.5],
    ['', true, 3999903],
  ]

  test('gives the lines of its first sheet as text', async ({ assert }) => {
    assert.deepEqual(await sheetLines(workbook(rows)), [
      ['氏名', '日', '数'],
      ['青嶺花子', '2026-12-01', '12.5'],
      ['', 'TRUE', '3999903'],
    ])
  })

  test('is refused where it unpacks to too much, whatever it says of itself', async ({
    assert,
  }) => {
    const file = workbook(Array.from({ length: 2000 }, () => ['長い名前', '長い名前']))
    assert.isNotNull(await sheetLines(file))
    assert.isNull(await sheetLines(file, 50_000))
    assert.isNull(await sheetLines(understated(file), 50_000))
  })
})
