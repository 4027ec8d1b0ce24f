import { test } from '@japa/runner'
import { fill } from '#app/replies/letter'
import { type Placeholders } from '#app/catalog/letter_placeholders'
import { missingGlyphs } from '#app/replies/glyphs'

const VALUES: Placeholders = {
  wants: 'インフルエンザ',
  date: '',
  weekday: '',
  time: '',
  place: '',
  price: '1,500',
  phone: '',
  hours: '',
  receipt: 'うめ-4821',
  arrived: '',
  faults: '',
  deadline: '',
  document: '',
  registration: '',
  post: '',
  free: '',
  leaves: '',
  from: '',
  to: '',
  name: '',
  number: '',
  watchword: '',
}
const EMPTY = {
  documentNumber: '',
  sender: '',
  title: '',
  paragraphs: [],
  highlight: '',
  lead: '',
  items: [],
  closing: [],
}

test.group('Letters', () => {
  test('fill in placeholders of the allow-list only', ({ assert }) => {
    const filled = fill(
      { ...EMPTY, paragraphs: ['{wants} {constructor} {process} #panic("x") {receipt}'] },
      VALUES
    )
    assert.deepEqual(filled.paragraphs, [
      'インフルエンザ {constructor} {process} #panic("x") うめ-4821',
    ])
  })

  test('know which characters can be printed', ({ assert }) => {
    assert.deepEqual(missingGlyphs('山田 はるゑ 髙橋 𠮷澤 NGUYEN'), [])
    assert.deepEqual(missingGlyphs('𨺓田'), ['𨺓'])
    // A variation selector asks for a form of the character that a face would silently replace.
    assert.lengthOf(missingGlyphs('葛\u{E0101}城'), 1)
  })
})
