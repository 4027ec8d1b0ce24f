import { test } from '@japa/runner'
import { changeDraft } from '#app/studio/change_draft'
import ServiceDraft from '#app/studio/service_draft'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const DRAFT = '/services/bus/draft'

test.group('A draft that is changed', (group) => {
  group.each.setup(async () => {
    await reset()
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/services/bus')
    await leader.post(DRAFT)
  })
  group.each.teardown(async () => {
    await ServiceDraft.query().delete()
  })

  test('by two people at once keeps what both changed', async ({ assert }) => {
    const leader = await person('leader')
    const words = ['いち', 'に', 'さん', 'し', 'ご']
    await Promise.all(
      words.map((word) =>
        changeDraft('bus', leader, (files) => ({
          ...files,
          callScript: { ...files.callScript, ja: [...files.callScript.ja, word] },
        }))
      )
    )
    const { files } = await ServiceDraft.findOrFail('bus')
    assert.includeMembers(files.callScript.ja, words)
  })

  test('isn’t published with a window for an address that nobody has filled in', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get(DRAFT)
    const words = { name: 'バス', title: 'バス予約', office: '交通課', address: '', postcode: '' }
    await leader.post(`${DRAFT}/paper`, { ...words, return_address: 'true' })
    assert.isTrue((await ServiceDraft.findOrFail('bus')).files.form.returnAddress)
    const answer = await leader.post(`${DRAFT}/publication`)
    assert.equal(answer.status, 422)
    assert.include(answer.text, '郵便番号と住所が要ります')
  })
})
