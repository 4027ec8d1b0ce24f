import i18nManager from '@adonisjs/i18n/services/main'
import { test } from '@japa/runner'
import type { ServiceFiles } from '#app/catalog/description'
import { removeField } from '#app/studio/edit_draft'
import { differenceOf } from '#app/studio/service_difference'
import { leavesOf } from '#app/catalog/leaves_of'
import { readServiceFiles } from '#app/catalog/service_files'
import { showChanges } from '#app/studio/show_changes'

const i18n = i18nManager.locale('ja')

/** The definition with another value at one place. */
function withOther(files: ServiceFiles, at: string): ServiceFiles {
  const copy = structuredClone(files)
  const path = at.split('.')
  const last = path.pop()!
  const holder = path.reduce<Record<string, unknown>>(
    (inner, key) => inner[key] as Record<string, unknown>,
    copy as unknown as Record<string, unknown>
  )
  const value = holder[last]
  // There is one kind of check digit: a field has it or not.
  if (last === 'check') delete holder[last]
  // Kinds are those that are registered.
  else if (last === 'kind') holder[last] = value === 'text' ? 'name' : 'text'
  else
    holder[last] =
      typeof value === 'boolean'
        ? !value
        : typeof value === 'number'
          ? value + 1
          : `${String(value)}x`
  return copy
}

test.group('What publishing changes', () => {
  test('is said in words, whatever value it is', async ({ assert }) => {
    for (const slug of ['vaccination', 'bus', 'onestop', 'benefit']) {
      const files = await readServiceFiles(slug)
      for (const [at] of leavesOf(files)) {
        // Keys and the slug are who a thing is: with another one it is another thing.
        if (/^slug$|^groups\.\d+\.(fields\.\d+\.)?key$/.test(at)) continue
        const other = withOther(files, at)
        const changes = showChanges(files, other, i18n, 'ja')
        assert.isNotEmpty(changes, `${slug} ${at}`)
        assert.isNotEmpty(differenceOf(files, other), `${slug} ${at}`)
      }
    }
  }).timeout(60_000)

  test('is named by what the screens call it', async ({ assert }) => {
    const files = await readServiceFiles('vaccination')
    const other = structuredClone(files)
    const phone = other.groups.flatMap((group) => group.fields).find(({ key }) => key === 'phone')!
    phone.required = !phone.required
    assert.deepEqual(showChanges(files, other, i18n, 'ja'), [
      {
        title: `項目「${phone.label.ja}」`,
        is: 'changed',
        parts: [
          {
            label: '必ず書いてもらう',
            before: phone.required ? 'いいえ' : 'はい',
            after: phone.required ? 'はい' : 'いいえ',
          },
        ],
      },
    ])
    const without = showChanges(files, removeField(files, 'wish3'), i18n, 'ja')
    assert.include(
      without.filter(({ is }) => is === 'gone').map(({ title }) => title),
      '項目「第3希望」'
    )
  })

  test('is also the order in which fields stand on the paper', async ({ assert }) => {
    const files = await readServiceFiles('benefit')
    const other = structuredClone(files)
    const group = other.groups.find(({ fields }) => fields.length > 1)!
    group.fields.reverse()
    assert.lengthOf(differenceOf(files, other), 1)
    const [change] = showChanges(files, other, i18n, 'ja')
    assert.equal(change.parts[0].label, '項目の順')
  })
})
