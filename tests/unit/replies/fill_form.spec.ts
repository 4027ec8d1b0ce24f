import { test } from '@japa/runner'
import { fillForm } from '#app/replies/enclosures/fill_form'
import type { FormPlace } from '#app/replies/enclosures/form_place'

const PT = 72 / 25.4
const place = (over: Partial<FormPlace> = {}): FormPlace => ({
  ...{ id: 'p1', kind: 'box', page: 1, label: '', word: '氏名' },
  ...{ x: 50, y: 40, width: 60, height: 10 },
  ...over,
})
const texts = (filled: ReturnType<typeof fillForm>) =>
  filled.drawn.flatMap((one) => ('text' in one ? [one] : []))

test.group('A value on a form', () => {
  test('is set in its box, smaller or in lines where it is long, and never beyond', ({
    assert,
  }) => {
    for (const value of [
      '青嶺 花子',
      '長谷川・フェルナンデス 真理亜エリザベス・アレクサンドラ三世',
      '東'.repeat(40),
    ]) {
      const filled = fillForm([place()], { 氏名: value })
      assert.deepEqual(filled.faults, [])
      const drawn = texts(filled)
      assert.equal(drawn.map(({ text }) => text).join(''), value)
      for (const { x, y, size, text } of drawn) {
        assert.isAtLeast(size, 7)
        assert.isAtLeast(x, 50 * PT)
        assert.isAtMost(x + [...text].length * size * 0.5, 110 * PT)
        assert.isAtLeast(y - size * 0.87, 40 * PT - 0.01)
        assert.isAtMost(y, 50 * PT)
      }
    }
    assert.isBelow(texts(fillForm([place()], { 氏名: '東'.repeat(40) }))[0].size, 12)
  })

  test('is held where it goes in nowhere', ({ assert }) => {
    const filled = fillForm([place()], { 氏名: '東'.repeat(80) })
    assert.deepEqual(filled, { drawn: [], faults: ['氏名: place'] })
    const narrow = fillForm([place({ width: 2, height: 60 })], { 氏名: '東西' })
    assert.deepEqual(narrow.faults, ['氏名: place'])
  })

  test('has each character in a cell, counted on from comb to comb', ({ assert }) => {
    const combs = [
      place({ id: 'a', kind: 'comb', cells: 3, word: '郵便番号', width: 18 }),
      place({ id: 'b', kind: 'comb', cells: 4, word: '郵便番号', x: 72, width: 24, goesOn: true }),
    ]
    const drawn = texts(fillForm(combs, { 郵便番号: '399-9903' }))
    assert.equal(drawn.map(({ text }) => text).join(''), '3999903')
    assert.isAbove(drawn[3].x, 72 * PT)
    for (const [index, { x }] of drawn.slice(0, 3).entries())
      assert.isTrue(x > (50 + 6 * index) * PT && x < (56 + 6 * index) * PT)
    assert.deepEqual(fillForm(combs, { 郵便番号: '399-99034' }).faults, ['郵便番号: place'])
    // A dash that is no form's own stays.
    const cells = place({ kind: 'comb', cells: 5, word: '番地' })
    assert.equal(
      texts(fillForm([cells], { 番地: '12-3' }))
        .map(({ text }) => text)
        .join(''),
      '12-3'
    )
  })

  test('stands in each comb of its own, and as an amount at its right', ({ assert }) => {
    const copies = [0, 1].map((index) =>
      place({ id: `c${index}`, kind: 'comb', cells: 7, word: '金額', y: 40 + 20 * index })
    )
    const saidIn = (filled: ReturnType<typeof fillForm>, top: number) =>
      texts(filled)
        .filter(({ y }) => y > top * PT && y < (top + 10) * PT)
        .map(({ text }) => text)
        .join('')
    const twice = fillForm(copies, { 金額: '1234567' })
    for (const top of [40, 60]) assert.equal(saidIn(twice, top), '1234567')
    const amount = texts(fillForm([{ ...copies[0], fromRight: true }], { 金額: '500' }))
    assert.isAbove(amount[0].x, (50 + (60 / 7) * 4) * PT)
    // A sign isn't what a form prints between cells.
    const three = place({ kind: 'comb', cells: 3, word: '金額' })
    assert.deepEqual(fillForm([three], { 金額: '-500' }).faults, ['金額: place'])
  })

  test('breaks no number, and is one line where that can be read', ({ assert }) => {
    const box = place({ width: 25, height: 20 })
    assert.lengthOf(texts(fillForm([box], { 氏名: '1234567890' })), 1)
    assert.lengthOf(texts(fillForm([box], { 氏名: '青嶺花子様方' })), 1)
    const [first, second] = texts(fillForm([box], { 氏名: '電話番号は090-1234-5678' }))
    assert.deepEqual([first.text, second.text], ['電話番号は', '090-1234-5678'])
  })

  test('marks its option, and is held where it is none', ({ assert }) => {
    const options = [
      place({ id: 'm', kind: 'circle', word: '性別', when: '男', width: 5, height: 5 }),
      place({ id: 'f', kind: 'tick', word: '性別', when: '女', x: 60, width: 4, height: 4 }),
    ]
    const [circle] = fillForm(options, { 性別: '男' }).drawn
    assert.isTrue('rx' in circle)
    assert.closeTo(circle.x, 52.5 * PT, 0.01)
    const [tick] = texts(fillForm(options, { 性別: ' 女 ' }))
    assert.equal(tick.text, '✓')
    assert.deepEqual(fillForm(options, { 性別: '不明' }).faults, ['性別: no_option'])
    assert.deepEqual(fillForm(options, { 性別: '' }), { drawn: [], faults: [] })
  })

  test('is printed by the face that has its characters', ({ assert }) => {
    const drawn = texts(fillForm([place()], { 氏名: '鷗外𠮷' }))
    assert.equal(drawn.map(({ text }) => text).join(''), '鷗外𠮷')
    assert.isAbove(new Set(drawn.map((one) => 'face' in one && one.face)).size, 1)
  })
})
