import { test } from '@japa/runner'
import type { Field } from '#app/catalog/description'
import { kanjiNumbers } from '#app/core/kanji_numbers'
import { mendReading } from '#app/reading/mend_reading'

function field(kind: string): Field {
  return { key: 'a', kind, label: { ja: '', en: '' }, required: false, height: 10 }
}

test.group('What only looks like a character', () => {
  test('becomes the one that can stand there', ({ assert }) => {
    assert.equal(mendReading(field('phone'), 'O263-〇〇-l2З4'.replace('З', '3')), '0263-00-1234')
    assert.equal(mendReading(field('kana'), 'サト一 力ズコ'), 'サトー カズコ')
    assert.equal(mendReading(field('digits'), '１２Ｂ'), '128')
  })

  test('stays where both could stand', ({ assert }) => {
    assert.equal(mendReading(field('name'), '一郎 二口'), '一郎 二口')
    assert.equal(mendReading(field('kana'), 'ツシ'), 'ツシ')
  })

  test('are kanji for numbers', ({ assert }) => {
    assert.equal(kanjiNumbers('二十三'), '23')
    assert.equal(kanjiNumbers('一〇五'), '105')
    assert.equal(kanjiNumbers('三万五千'), '35000')
    assert.equal(mendReading(field('date'), '令和八年十一月二十一日'), '令和8年11月21日')
  })
})
