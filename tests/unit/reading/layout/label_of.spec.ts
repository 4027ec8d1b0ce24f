import { test } from '@japa/runner'
import { labelOf } from '#app/reading/layout/label_of'

/** Characters of 4 mm in a row, from 10 mm on. */
function row(text: string) {
  return [...text].map((character, index) => {
    const box = { x: 10 + index * 4, y: 20, width: 4, height: 4 }
    return { text: character, ...box, ink: box }
  })
}

test.group('A box to be ticked', () => {
  test('is named by what stands behind it, up to the next box', ({ assert }) => {
    const printed = row('利用区分□通年□長期休業のみ□一時')
    const labels = printed
      .filter((one) => one.text === '□')
      .map((one) => labelOf({ ...one, kind: 'tick' }, printed))
    assert.deepEqual(labels, ['通年', '長期休業のみ', '一時'])
  })

  test('with nothing behind it is named by what stands before', ({ assert }) => {
    const printed = row('同意する□')
    const label = labelOf({ ...printed.at(-1)!, kind: 'tick' }, printed)
    assert.equal(label, '同意する')
  })
})
