import { test } from '@japa/runner'
import type { Place, ServiceFiles } from '#app/catalog/description'
import { asPublished, removeField } from '#app/studio/edit_draft'
import { freshService } from '#app/studio/fresh_service'
import { zonesOf } from '#app/catalog/own_paper'
import { movePlace, neighborsOf, removePlace } from '#app/studio/paper/edit_places'
import { placesOf } from '#app/studio/paper/own_places'
import { usePlace } from '#app/studio/paper/use_place'
import { guessField } from '#app/reading/layout/guess_field'

const place = (id: string, kind: Place['kind'], x: number, y: number, label = ''): Place => ({
  ...{ id, kind, page: 1, x, y, width: 20, height: 8, label },
  ...(kind === 'comb' ? { cells: 2 } : {}),
})

function draftWith(...places: Place[]): ServiceFiles {
  const text = { ja: 'クラブ', en: 'Club' }
  const files = freshService('club', 'welfare', text, '福祉課')
  return { ...files, ownPaper: { pages: [{ width: 210, height: 297 }], places } }
}

const fresh = (label: string, kind: 'text' | 'choice' | 'date' = 'text') => ({
  fresh: { label, kind, required: false, linkable: false },
})

test.group('Places of a form', () => {
  test('joins pieces of one box, and counts cells on from comb to comb', ({ assert }) => {
    const boxes = draftWith(place('p1', 'box', 20, 20), place('p2', 'box', 20, 30))
    const joined = usePlace(boxes, 'p1', { what: fresh('住所'), together: ['p2'] })
    assert.deepInclude(placesOf(joined)[0], { id: 'p1', x: 20, y: 20, width: 20, height: 18 })
    assert.lengthOf(placesOf(joined), 1)

    const combs = draftWith(place('p1', 'comb', 60, 20), place('p2', 'comb', 20, 21))
    const date = usePlace(combs, 'p1', { what: fresh('生年月日', 'date'), together: ['p2'] })
    const cells = zonesOf(date.ownPaper!)
    assert.deepEqual(
      cells.map(({ x, index }) => [x, index]),
      [
        [20, 0],
        [30, 1],
        [60, 2],
        [70, 3],
      ]
    )
    const field = date.groups[0].fields.find((one) => one.key === 'birth_date')
    assert.equal(field?.cells, 4)
  })

  test('keeps two marks of one name apart: they are two answers', ({ assert }) => {
    const marks = draftWith(
      place('p1', 'tick', 20, 20, '回数'),
      place('p2', 'tick', 60, 20, '回数')
    )
    const asked = usePlace(marks, 'p1', { what: fresh('回数', 'choice'), together: ['p2'] })
    assert.lengthOf(asked.groups[0].fields.at(-1)!.options!, 2)
    assert.deepEqual(
      zonesOf(asked.ownPaper!).map((zone) => zone.option),
      ['o1', 'o2']
    )
  })

  test('gives each mark an option, and takes it away with its place', ({ assert }) => {
    const marks = draftWith(
      place('p1', 'tick', 20, 20, 'はい'),
      place('p2', 'tick', 60, 20, 'いいえ')
    )
    const asked = usePlace(marks, 'p1', { what: fresh('同意', 'choice'), together: ['p2'] })
    const optionsOf = (files: ServiceFiles) =>
      files.groups[0].fields.at(-1)?.options?.map((option) => option.label.ja)
    assert.deepEqual(optionsOf(asked), ['はい', 'いいえ'])
    assert.deepEqual(
      zonesOf(asked.ownPaper!).map((zone) => zone.option),
      ['o1', 'o2']
    )
    assert.deepEqual(optionsOf(removePlace(asked, 'p2')), ['はい'])
  })

  test('knows the eras of a date, and its cells beside them', ({ assert }) => {
    const files = draftWith(
      place('p1', 'tick', 20, 20, '昭和'),
      place('p2', 'tick', 50, 20, '平成'),
      place('p3', 'comb', 80, 20)
    )
    assert.equal(guessField(placesOf(files)[0]).kind, 'era_date')
    const era = { fresh: { ...fresh('生年月日').fresh, kind: 'era_date' as const } }
    const eras = usePlace(files, 'p1', { what: era, together: ['p2'] })
    assert.equal(placesOf(eras)[0].field, 'birth_date')
    const date = usePlace(eras, 'p3', { what: { field: 'birth_date' }, together: [] })
    assert.deepEqual(
      zonesOf(date.ownPaper!).map((zone) => zone.option ?? zone.index),
      ['S', 'H', 0, 1]
    )
  })

  test('keeps options that others know by their values when a mark is saved again', ({
    assert,
  }) => {
    const marks = draftWith(
      place('p1', 'tick', 20, 20, 'はい'),
      place('p2', 'tick', 60, 20, 'いいえ')
    )
    const asked = usePlace(marks, 'p1', { what: fresh('同意', 'choice'), together: ['p2'] })
    const key = placesOf(asked)[0].field!
    const offered = ['p2']
    const again = { what: { field: key }, together: ['p2'], offered, option: '同意する' }
    const saved = usePlace(asked, 'p1', again)
    assert.deepEqual(
      saved.groups[0].fields.at(-1)?.options?.map(({ value, label }) => [value, label.ja]),
      [
        ['o1', '同意する'],
        ['o2', 'いいえ'],
      ]
    )
    const alone = usePlace(saved, 'p1', { ...again, together: [] })
    assert.isUndefined(placesOf(alone).find((one) => one.id === 'p2')?.field)
    assert.lengthOf(alone.groups[0].fields.at(-1)?.options ?? [], 1)
  })

  test('takes a place back from what it was for when it is named anew', ({ assert }) => {
    const once = usePlace(draftWith(place('p1', 'box', 20, 20)), 'p1', {
      what: { field: 'name' },
      together: [],
    })
    assert.equal(placesOf(once)[0].field, 'name')
    const hidden = usePlace(once, 'p1', { what: 'secret', together: [] })
    assert.isUndefined(placesOf(hidden)[0].field)
    assert.isTrue(placesOf(hidden)[0].secret)
  })

  test('loses a place with its field, and publishes only what is for something', ({ assert }) => {
    const files = draftWith(place('p1', 'box', 20, 20), place('p2', 'box', 20, 40))
    const named = usePlace(files, 'p1', { what: { field: 'phone' }, together: [] })
    assert.lengthOf(asPublished(named).ownPaper!.places, 1)
    assert.lengthOf(asPublished(removeField(named, 'phone')).ownPaper!.places, 0)
  })

  test('measures a field by its place, within what definitions allow', ({ assert }) => {
    const files = usePlace(draftWith(place('p1', 'box', 20, 20)), 'p1', {
      what: { field: 'name' },
      together: [],
    })
    const wide = { kind: 'box' as const, page: 1, x: 5, y: 20, width: 190, height: 3 }
    const name = movePlace(files, 'p1', wide).groups[0].fields.find((one) => one.key === 'name')
    assert.deepInclude(name, { width: 166, height: 5 })
  })

  test('offers the marks of the same line first', ({ assert }) => {
    const files = draftWith(
      place('p1', 'tick', 20, 20),
      place('p2', 'tick', 150, 21),
      place('p3', 'tick', 20, 60),
      place('p4', 'box', 40, 20)
    )
    const near = neighborsOf(placesOf(files), placesOf(files)[0], 1)
    assert.deepEqual(
      near.map((one) => one.id),
      ['p2']
    )
  })

  test('guesses what {label} is for')
    .with([
      { label: 'フリガナ', kind: 'kana' },
      { label: '(ふりがな)氏名', kind: 'kana' },
      { label: '申請者氏名', kind: 'name' },
      { label: '電話番号', kind: 'phone' },
      { label: '郵便番号', kind: 'postcode' },
      { label: '口座番号', kind: 'account_number' },
      { label: '備考', kind: 'text' },
    ])
    .run(({ assert }, { label, kind }) => {
      assert.equal(guessField({ kind: 'box', label }).kind, kind)
    })
})
