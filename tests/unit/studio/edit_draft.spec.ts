import { test } from '@japa/runner'
import { moveField, putField, removeField } from '#app/studio/edit_draft'
import { freshService } from '#app/studio/fresh_service'
import { differenceOf } from '#app/studio/service_difference'
import { checkService } from '#app/catalog/check_service'
import { KitRefused } from '#app/catalog/kit_refused'

const name = { ja: '見本', en: 'Sample' }
const fresh = () => freshService('sample', 'health', name, '見本課')
const order = (files: ReturnType<typeof fresh>) =>
  files.groups.flatMap((group) => group.fields.map((field) => field.key))

test.group('A draft', () => {
  test('begins as a service that could be published', async ({ assert }) => {
    await assert.doesNotReject(() => checkService(fresh()))
  })

  test('takes a field into its group, changes it in its place, moves and loses it', ({
    assert,
  }) => {
    const member = {
      key: 'members',
      kind: 'digits' as const,
      label: { ja: '人数', en: 'Members' },
      required: true,
      height: 11,
      cells: 2,
    }
    const guide = { ja: '数字', en: 'Digits' }
    const added = putField(fresh(), 'person', member, guide)
    assert.deepEqual(order(added), ['name_kana', 'name', 'phone', 'members'])
    const moved = moveField(added, 'members', -1)
    assert.deepEqual(order(moved), ['name_kana', 'name', 'members', 'phone'])
    const changed = putField(moved, 'person', { ...member, required: false }, guide)
    assert.deepEqual(order(changed), order(moved))
    const removed = removeField(changed, 'members')
    assert.deepEqual(removed, fresh())
  })

  test('forgets a field that it loses on the list of the day too', async ({ assert }) => {
    const files = {
      ...fresh(),
      roster: {
        fields: ['phone', 'name'],
        marked: [{ field: 'phone', option: 'x', label: { ja: '電話', en: 'Phone' } }],
      },
    }
    const removed = removeField(files, 'phone')
    assert.deepEqual(removed.roster, { fields: ['name'], marked: [] })
    await assert.doesNotReject(() => checkService(removed))
  })

  test('says what it changes, field by field', ({ assert }) => {
    const [kana] = fresh().groups[0].fields
    const changed = putField(fresh(), 'person', { ...kana, height: 20 }, { ja: '', en: '' })
    assert.deepEqual(
      differenceOf(fresh(), changed).filter((change) => change.at.startsWith('fields.')),
      [{ at: 'fields.name_kana.height', before: '12', after: '20' }]
    )
    assert.deepEqual(differenceOf(fresh(), fresh()), [])
  })

  test('that names a field it doesn’t have is refused by that field', async ({ assert }) => {
    const files = { ...fresh(), person: { ...fresh().person, address: 'nowhere' } }
    const error = await checkService(files).catch((one: unknown) => one)
    assert.instanceOf(error, KitRefused)
    if (error instanceof KitRefused)
      assert.deepEqual([error.problem, error.at], ['not_described', 'nowhere'])
  })

  test('that loses the phone is whole as long as nothing is booked by it', async ({ assert }) => {
    const files = removeField(fresh(), 'phone')
    assert.notProperty((await checkService(files)).person, 'phone')
    const books = {
      ...files,
      handover: { connector: 'booking', calendar: 'c', wishes: ['name'], dose: 'd', prices: {} },
    }
    const error = await checkService(books).catch((one: unknown) => one)
    assert.instanceOf(error, KitRefused)
    if (error instanceof KitRefused) assert.equal(error.at, 'phone')
  })
})
