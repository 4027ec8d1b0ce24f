import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { endUnentrustedPacks } from '#app/batches/packs/end_packs'
import { offerPacks } from '#app/batches/packs/offer_packs'
import { forgetBoard } from '#app/center/board/current_board'
import { accept, givenBatch, rows } from '#tests/support/given_batch'
import { givenSubmission, person, take } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Keeps where somebody lives, as a leader types it. */
async function livesIn(leader: Visitor, login: string, region: string): Promise<void> {
  const page = `/operators/${(await person(login)).id}`
  const { text } = await leader.get(page)
  const seen = /name="seen" value="([^"]*)"/.exec(text)![1]
  const terms = { kind: 'entrusted', starts_on: '2026-04-01', region, seen }
  const { location } = await leader.post(page, terms)
  if (location !== page) throw new Error('The terms were refused')
}

test.group('Work of a client that asks where people live', (group) => {
  group.each.setup(reset)

  async function visit() {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/consents')
    await livesIn(leader, 'operator1', '上久保')
    await livesIn(leader, 'operator2', '中央')
    await livesIn(leader, 'operator3', '')
    await livesIn(leader, 'operator4', '下田')
    const clientId = (await person('kenko')).organizationId
    return {
      leader,
      clientId,
      ask: (rule: string, ...regions: string[]) => {
        const form = new URLSearchParams()
        form.set('client_id', clientId)
        form.set('rule', rule)
        for (const region of regions) form.append('regions[]', region)
        return leader.post('/consents/regions', form)
      },
    }
  }

  test('goes to who lives there alone', async ({ assert }) => {
    await givenSubmission()
    const { ask } = await visit()
    assert.equal((await ask('only_there', '上久保')).location, '/consents')
    // Another region, and none at all.
    assert.isNull(await take(await person('operator4'), 'home'))
    assert.isNull(await take(await person('operator2'), 'center'))
    assert.isNull(await take(await person('operator3'), 'center'))
    assert.isNotNull(await take(await person('operator1'), 'center'))
    await ask('only_there', '上久保', '下田')
    assert.isNotNull(await take(await person('operator4'), 'home'))
  })

  test('isn’t seen at home by neighbors, nor by people of whom nobody knows whether they are', async ({
    assert,
  }) => {
    await givenSubmission()
    const { ask } = await visit()
    await ask('not_at_home', '下田')
    assert.isNull(await take(await person('operator4'), 'home'))
    assert.isNull(await take(await person('operator3'), 'home'))
    // At the center nobody is at home.
    assert.isNotNull(await take(await person('operator4'), 'center'))
    assert.isNotNull(await take(await person('operator1'), 'home'))
  })

  test('says how many may be given it, and on the board when that is nobody', async ({
    assert,
  }) => {
    await givenSubmission()
    const { leader, ask } = await visit()
    const board = async () => {
      forgetBoard()
      return (await leader.get('/board')).text
    }
    const clients = async () => (await leader.get('/consents')).text
    const before = await db.from('users').whereNull('left_at').where('login', 'like', 'operator%')
    assert.isAbove(before.length, 3)
    assert.notInclude(await board(), '当てはまる人が一人もいません')
    await ask('only_there', '上久保')
    assert.include(await clients(), 'この地区に住む人だけに渡す')
    const one = await person('operator1')
    assert.match(
      await clients(),
      new RegExp(
        `センター ${one.sites.filter((s) => s === 'center').length}人・自宅 ${one.sites.filter((s) => s === 'home').length}人`
      )
    )
    assert.notInclude(await board(), '当てはまる人が一人もいません')
    await livesIn(leader, 'operator1', '下田')
    assert.match(await clients(), /センター 0人・自宅 0人/)
    assert.include(await board(), '健康課の作業は、承諾や地区の決まりに')
    // The region stands there still, to be taken away.
    assert.include(await clients(), 'value="上久保" checked')
  })

  test('isn’t offered in packs to others, and ends theirs', async ({ assert }) => {
    const { leader, ask } = await visit()
    const batch = await givenBatch(leader, { table: rows(30) })
    await accept(await Visitor.loggedIn('operator2'), batch)
    await ask('only_there', '上久保')
    assert.lengthOf(await offerPacks(await person('operator2'), 'center'), 0)
    assert.lengthOf(await offerPacks(await person('operator1'), 'center'), 1)
    await endUnentrustedPacks()
    assert.lengthOf(await db.from('packs').where('ended_reason', 'withdrawn'), 1)
  })

  test('refuses a rule about no region, and keeps what is changed in the history', async ({
    assert,
  }) => {
    const { ask, clientId } = await visit()
    const refused = await ask('only_there')
    assert.equal(refused.status, 422)
    assert.include(refused.text, '地区を一つ以上選んでください')
    assert.match(refused.text, /<details open>/)
    assert.equal((await ask('elsewhere', '下田')).status, 422)
    await ask('not_at_home', '下田')
    await ask('not_at_home', '下田')
    await ask('anywhere', '下田')
    const told = await db
      .from('events')
      .where({ verb: 'organization.regions_asked', client_id: clientId })
      .orderBy('sequence')
    assert.deepEqual(
      told.map(({ detail }) => detail),
      [
        { from: 'anywhere', to: 'not_at_home 下田' },
        { from: 'not_at_home 下田', to: 'anywhere' },
      ]
    )
    const admin = await Visitor.loggedIn('admin')
    assert.include((await admin.get('/audit')).text, '任せる人の地区を変えました')
  })
})
