import { test } from '@japa/runner'
import iconv from 'iconv-lite'
import { csvFile, lackingIn } from '#app/core/csv_file'

const cp932 = (cell: string) => iconv.decode(csvFile([[cell]], 'cp932').file, 'cp932').trimEnd()

test.group('CSV files', () => {
  test('leave in CP932 with the twin of a sign that it has under another number', ({ assert }) => {
    assert.equal(cp932('ひばり〜荘'), '"ひばり～荘"')
    assert.equal(cp932('合言葉 1−2—3'), '"合言葉 1－2―3"')
    assert.deepEqual(
      csvFile([['ひばり〜荘 −']], 'cp932').file.subarray(1, 9),
      iconv.encode('ひばり～', 'cp932')
    )
    assert.deepEqual(lackingIn(['〜−—', '𠮷']), ['𠮷'])
    assert.deepEqual(csvFile([['が']], 'cp932').unmapped, [])
  })

  test('keep every Kanji as it is, and put marks on kana that came apart', ({ assert }) => {
    // These stand in CP932 beside the Kanji that a normalization would make of them.
    for (const kanji of ['\uFA10', '\uF9DC', '\uFA19', '\uFA1B', '\uFA26', '\uFA2D'])
      assert.equal(cp932(kanji), `"${kanji}"`, kanji)
    assert.equal(cp932('カ\u3099'), '"ガ"')
  })

  test('run nothing in a spreadsheet, however it begins', ({ assert }) => {
    for (const start of ['=', '+', '-', '@', '＝', '＋', '－', '＠', '−'])
      assert.match(cp932(`${start}1+1`), /^"'/, start)
    for (const start of ['\n=', '\r=', '\t='])
      assert.match(csvFile([[`${start}1`]], 'utf8').file.toString(), /^\uFEFF"'/)
    assert.equal(cp932('サトー'), '"サトー"')
  })
})
