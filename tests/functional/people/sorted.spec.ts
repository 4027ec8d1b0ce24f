import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { newId } from '#app/core/ids'
import { PAGE_SIZE } from '#app/core/paging'
import { givenSubmission, person, vaccination } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor, type Answer } from '#tests/support/visitor'

/** The links of a list's first column, in order. */
function rowsOf({ text }: Answer): string[] {
  const body = /<tbody>([\s\S]*)<\/tbody>/.exec(text)?.[1] ?? ''
  return [...body.matchAll(/<a href="[^"]*">([^<]*)<\/a>/g)].map(([, words]) => words.trim())
}

/** Where they lead. */
function linksOf({ text }: Answer): string[] {
  return [...text.matchAll(/<td><a href="(\/scans\/[^"]*)">/g)].map(([, href]) => href)
}

/** Where the heading of a column leads, and how it stands. */
function headingOf({ text }: Answer, words: string) {
  const found = new RegExp(`<th([^>]*)><a class="sort" href="([^"]*)">${words}<`).exec(text)
  return {
    state: /aria-sort="(\w+)"/.exec(found?.[1] ?? '')?.[1],
    href: found?.[2].replaceAll('&amp;', '&'),
  }
}

async function givenOperators(count: number): Promise<void> {
  const { organizationId } = await person('operator1')
  const ids = Array.from({ length: count }, newId)
  await db.table('users').multiInsert(
    ids.map((id, index) => ({
      id,
      organization_id: organizationId,
      login: `sorted${String(count - index).padStart(2, '0')}`,
      display_name: `整列 ${String(index).padStart(2, '0')}`,
      role: 'operator',
      password: '-',
      sites: ['center'],
    }))
  )
  await db.table('engagements').multiInsert(
    ids.slice(0, 2).map((id, index) => ({
      user_id: id,
      kind: 'employed',
      starts_on: '2020-01-01',
      ends_on: `209${index}-03-31`,
    }))
  )
}

test.group('A list of several pages', (group) => {
  group.each.setup(reset)

  test('sorts as a whole at its headings, from either end, with what it was narrowed to', async ({
    assert,
  }) => {
    await givenOperators(PAGE_SIZE + 5)
    const admin = await Visitor.loggedIn('admin')
    const usual = await admin.get('/people?q=%E6%95%B4%E5%88%97')
    assert.equal(rowsOf(usual)[0], '整列 00')
    assert.deepEqual(headingOf(usual, '氏名'), {
      state: 'ascending',
      href: `?sort=-name${headingOf(usual, '利用者名').href?.slice('?sort=login'.length)}`,
    })
    const byLogin = await admin.get(`/people${headingOf(usual, '利用者名').href}`)
    assert.equal(rowsOf(byLogin)[0], `整列 ${PAGE_SIZE + 4}`)
    assert.equal(headingOf(byLogin, '利用者名').state, 'ascending')
    assert.include(byLogin.text, 'name="sort" value="login"')
    assert.isUndefined(headingOf(byLogin, '氏名').state)
    const next = /class="pager"[\s\S]*?href="([^"]*)"/
      .exec(byLogin.text)![1]
      .replaceAll('&amp;', '&')
    assert.deepEqual(rowsOf(await admin.get(`/people${next}`)), [
      '整列 04',
      '整列 03',
      '整列 02',
      '整列 01',
      '整列 00',
    ])
    const unknown = await admin.get('/people?q=%E6%95%B4%E5%88%97&sort=password')
    assert.deepEqual(rowsOf(unknown), rowsOf(usual))
  })

  test('puts who has nothing in a column last, from either end', async ({ assert }) => {
    await db.from('engagements').delete()
    await givenOperators(PAGE_SIZE + 5)
    const leader = await Visitor.loggedIn('leader')
    const first = await leader.get('/operators?sort=ends_on')
    assert.deepEqual(rowsOf(first).slice(0, 2), ['整列 00', '整列 01'])
    const last = await leader.get(`/operators${headingOf(first, '契約の終わり').href}`)
    assert.deepEqual(rowsOf(last).slice(0, 2), ['整列 01', '整列 00'])
  })

  test('of orders, requests and files turns round', async ({ assert }) => {
    const { service } = await vaccination()
    const { id } = await person('kenko')
    await db.table('work_orders').multiInsert(
      ['2090-02-01', '2090-01-01', '2090-03-01'].map((due, index) => ({
        id: newId(),
        client_id: service.clientId,
        service_id: service.id,
        direction: 'to_digital',
        title: `依頼${index}`,
        due_on: due,
        opened_by: id,
      }))
    )
    const [one, other] = [await givenSubmission(), await givenSubmission()]
    const client = await Visitor.loggedIn('kenko')
    assert.deepEqual(rowsOf(await client.get('/orders?sort=due')), ['依頼1', '依頼0', '依頼2'])
    assert.deepEqual(rowsOf(await client.get('/orders?sort=-due')), ['依頼2', '依頼0', '依頼1'])
    const leader = await Visitor.loggedIn('leader')
    const received = [one.receipt, other.receipt]
    assert.deepEqual(rowsOf(await leader.get('/submissions')), received.toReversed())
    // By the day on which they came, not by when they were taken in.
    await db
      .from('submissions')
      .where('id', one.id)
      .update({ arrived_on: addDays(today(), 1) })
    assert.deepEqual(rowsOf(await leader.get('/submissions?sort=arrived')), received.toReversed())
    assert.deepEqual(rowsOf(await leader.get('/submissions?sort=-arrived')), received)
    const newest = await leader.get('/scans')
    const turned = await leader.get(`/scans${headingOf(newest, '受け入れ').href}`)
    assert.deepEqual(linksOf(turned), linksOf(newest).toReversed())
  })
})
