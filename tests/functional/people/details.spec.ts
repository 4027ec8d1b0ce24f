import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { person } from '#tests/support/given'
import { pagesOf } from '#tests/support/pdf_text'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const ACCOUNT = {
  bank: '0123',
  branch: '４５６',
  account_kind: 'ordinary',
  account_number: '7654321',
  account_holder: 'ｻﾄｳ ﾊﾅ',
}
const CONTACT = { contact_name: '佐藤 一', contact_relation: '夫', contact_phone: '09000001111' }

const seenIn = (text: string) => /name="details_seen" value="([^"]*)"/.exec(text)![1]

test.group('Details in the register of operators', (group) => {
  group.each.setup(reset)

  test('are kept sealed, and the account is never shown whole', async ({ assert }) => {
    const { id } = await person('operator1')
    const leader = await Visitor.loggedIn('leader')
    const page = `/operators/${id}`
    const seen = seenIn((await leader.get(page)).text)
    const more = { invoice: 'registered', invoice_number: 't1234567890123', languages: '中国語' }
    const kept = await leader.post(`${page}/details`, {
      ...CONTACT,
      ...ACCOUNT,
      ...more,
      details_seen: seen,
    })
    assert.equal(kept.location, page)
    const { text } = await leader.get(page)
    for (const said of ['佐藤 一', '09000001111', '0123-456 ****321', 'T1234567890123', '中国語'])
      assert.include(text, said)
    assert.notInclude(text, '7654321')
    const row = await db.from('operator_details').where('user_id', id).firstOrFail()
    for (const sealed of [row.contact, row.account])
      assert.notInclude(sealed.toString('utf8'), '佐藤')
    const told = await db.from('events').where('verb', 'operator.details_changed').firstOrFail()
    assert.deepEqual(told.detail, { account: true })
    // Nothing typed for the account: it stays; nobody named: nobody is called.
    await leader.post(`${page}/details`, { details_seen: seenIn(text) })
    const after = (await leader.get(page)).text
    assert.include(after, '****321')
    assert.notInclude(after, '佐藤 一')
  })

  test('refuse what can’t be right, and keep what was typed', async ({ assert }) => {
    const { id } = await person('operator1')
    const leader = await Visitor.loggedIn('leader')
    const page = `/operators/${id}`
    const seen = seenIn((await leader.get(page)).text)
    for (const [wrong, says] of [
      [{ bank: '123' }, '口座は'],
      [{ account_number: '76-54321' }, '口座は'],
      [{ account_holder: '佐藤花' }, '口座は'],
      [{ branch: '' }, '口座は'],
      [{ contact_phone: '090-0000-1111' }, '急ぎのときの連絡先は'],
      [{ contact_name: '' }, '急ぎのときの連絡先は'],
      [{ account_kind: '' }, '口座は'],
      [{ bank: '', branch: '', account_number: '', account_holder: '' }, '口座は'],
      [{ invoice: 'registered', invoice_number: 'T123' }, '登録番号'],
      [{ invoice: '', invoice_number: 'T123' }, '登録番号'],
      [{ invoice: 'exempt', invoice_number: 'T1234567890123' }, '登録番号'],
      [{ details_seen: 'long ago' }, 'ほかの人が変えました'],
    ] as const) {
      const answer = await leader.post(`${page}/details`, {
        ...CONTACT,
        ...ACCOUNT,
        seen,
        ...wrong,
      })
      assert.equal(answer.status, 422, JSON.stringify(wrong))
      assert.include(answer.text, says)
      assert.include(answer.text, 'value="夫"')
    }
    assert.lengthOf(await db.from('operator_details'), 0)
  })

  test('name what is lent, also when somebody leaves', async ({ assert }) => {
    const { id } = await person('operator1')
    const admin = await Visitor.loggedIn('admin')
    const page = `/operators/${id}`
    await admin.get(page)
    await admin.post(`${page}/loans`, { what: 'ノートパソコン', number: 'PC-031', on: today() })
    for (const on of ['2026-02-30', addDays(today(), 1)])
      assert.equal((await admin.post(`${page}/loans`, { what: '鍵', on })).status, 422)
    const leaving = await admin.post(`/people/${id}/leaving`)
    assert.include(leaving.text, '貸したもの 1件')
    const loan = await db.from('loans').firstOrFail()
    const other = await person('operator2')
    await admin.post(`/operators/${other.id}/loans/${loan.id}/return`)
    assert.isNull((await db.from('loans').firstOrFail()).returned_on)
    await admin.post(`${page}/loans/${loan.id}/return`)
    assert.equal((await db.from('loans').firstOrFail()).returned_on, today())
  })
})

test.group('A client’s written consent', (group) => {
  group.each.setup(reset)

  test('names people, and the list of a day has those for whom it holds', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/consents')
    const client = await person('kenko')
    const [one, other] = [await person('operator1'), await person('operator4')]
    const typed = (more: Record<string, string>, people: string[]) => {
      const form = new URLSearchParams({
        client_id: client.organizationId,
        number: '8青健第77号',
        given_on: today(),
        until: addDays(today(), 30),
        ...more,
      })
      for (const id of people) form.append('people[]', id)
      form.append('sites[]', 'home')
      return leader.post('/consents', form)
    }
    for (const [more, people] of [
      [{ number: '' }, [one.id]],
      [{ given_on: '2026-02-30' }, [one.id]],
      [{ until: addDays(today(), -1) }, [one.id]],
      [{}, []],
      [{}, [client.id]],
      [{ client_id: one.organizationId }, [one.id]],
    ] as const)
      assert.equal((await typed(more, [...people])).status, 422, JSON.stringify(more))
    assert.lengthOf(await db.from('consents'), 0)
    assert.equal((await typed({}, [one.id, other.id])).location, '/consents')
    assert.equal((await typed({}, [one.id])).status, 422)
    const print = async (day: string) => {
      const at = `/consents/print?client_id=${client.organizationId}&day=${day}`
      return (await pagesOf((await leader.get(at)).body)).join('')
    }
    const list = await print(today())
    for (const said of ['佐藤花', '渡辺葵', '8青健第77号', '自宅', '健康課'])
      assert.include(list, said)
    assert.notInclude(list, '鈴木恵')
    const at = `/consents/print?client_id=${client.organizationId}&day=${today()}&as=csv`
    const table = (await leader.get(at)).text.replace('\uFEFF', '').split('\r\n')
    assert.lengthOf(table, 4)
    assert.include(table[0], '秘密保持の期限')
    assert.match(table[1].replaceAll('"', ''), /^1,佐藤 ?花,8青健第77号,自宅/)
    for (const day of [addDays(today(), -1), addDays(today(), 31)])
      assert.notInclude(await print(day), '佐藤花')
    const { id } = await db.from('consents').firstOrFail()
    const asked = await leader.post(`/consents/${id}/end`)
    assert.include(asked.text, '終わりにしますか')
    assert.include(await print(today()), '佐藤花')
    await leader.post(`/consents/${id}/end`, { sure: 'yes' })
    assert.notInclude(await print(today()), '佐藤花')
    const nothing = await leader.get('/consents/print?day=0000-01-01')
    assert.equal(nothing.location, '/consents')
    assert.equal((await (await Visitor.loggedIn('kenko')).get('/consents')).status, 404)
  })
})
