import { test } from '@japa/runner'
import { plainForm, runsOf, soughtForm, variantsBetween } from '#app/catalog/fields/variants'

test.group('Forms of one character', () => {
  test('are told from other characters, and none is folded into another', ({ assert }) => {
    for (const [texts, pairs] of [
      [['髙橋', '高橋'], [['高', '髙']]],
      [
        ['山﨑 斎藤', '山崎 齋藤'],
        [
          ['崎', '﨑'],
          ['斎', '齋'],
        ],
      ],
      // Which form a character is drawn in; a compatibility character; one beyond 16 bits.
      [['葛\u{E0100}城', '葛城'], [['葛', '葛\u{E0100}']]],
      [['\uFA19田', '神田'], [['神', '\uFA19']]],
      [['𠮷田', '吉田'], [['吉', '𠮷']]],
      // Others are no forms of each other, nor what stands at another place.
      [['高橋', '高矯'], []],
      // Taken for each other, and not the same.
      [['斉藤', '斎藤'], []],
      [['髙橋', '橋高'], []],
      [['髙', ''], []],
      [['高', '高'], []],
      // Three keyers.
      [
        ['渡辺', '渡邊', '渡邉'],
        [
          ['辺', '邊'],
          ['辺', '邉'],
          ['邉', '邊'],
        ],
      ],
    ] as [string[], [string, string][]][])
      assert.sameDeepMembers(
        variantsBetween(texts).map((pair) => pair.toSorted()),
        pairs.map((pair) => pair.toSorted()),
        texts.join(' ')
      )
    assert.equal(plainForm('髙'), '高')
    assert.equal(plainForm('葛\u{E0101}'), '葛')
    assert.equal(plainForm('橋'), '橋')
    assert.equal(plainForm('斉'), '斉')
    assert.equal(soughtForm('齊'), '斎')
  })

  test('stand out in a text, whatever else does', ({ assert }) => {
    const marked = (text: string, ...others: string[]) =>
      runsOf(text, others)
        .map(({ text: run, differs }) => (differs ? `[${run}]` : run))
        .join('')
    assert.equal(marked('髙橋 花子', '高橋 花子'), '[髙]橋 花子')
    assert.equal(marked('090-1234-5678', '090-1284-5678'), '090-12[3]4-5678')
    assert.equal(marked('青木一丁目', '青木'), '青木[一丁目]')
    assert.equal(marked('青木', '青木一丁目'), '青木')
    assert.equal(marked('葛\u{E0100}城', '葛城'), '[葛\u{E0100}]城')
    assert.equal(marked('辺', '邊', '辺'), '[辺]')
    assert.deepEqual(runsOf('', ['あ']), [])
  })
})
