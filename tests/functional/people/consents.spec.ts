import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { endUnentrustedPacks } from '#app/batches/packs/end_packs'
import { offerPacks } from '#app/batches/packs/offer_packs'
import { forgetBoard } from '#app/center/board/current_board'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { accept, givenBatch, rows } from '#tests/support/given_batch'
import { givenSubmission, person, take } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

test.group('Work of a client that consents by name', (group) => {
  group.each.setup(reset)

  async function visit() {
    const leader = await Visitor.loggedIn('leader')
    await leader.get('/consents')
    const clientId = (await person('kenko')).organizationId
    return {
      leader,
      need: (needed: string) => leader.post('/consents/needs', { client_id: clientId, needed }),
      consent: async (login: string, more: Record<string, string> = {}) => {
        const { id } = await person(login)
        const number = `承諾 ${login} ${JSON.stringify(more)}`
        const form = {
          'client_id': clientId,
          number,
          'given_on': today(),
          'people[]': id,
          'sites[]': 'home',
        }
        return leader.post('/consents', { ...form, ...more })
      },
      board: async () => {
        forgetBoard()
        return (await leader.get('/board')).text
      },
    }
  }

  test('goes to nobody at home whom no consent names there today', async ({ assert }) => {
    await givenSubmission()
    const { leader, need, consent } = await visit()
    const someone = await person('operator4')
    assert.equal((await need('home')).location, '/consents')
    assert.isNull(await take(someone, 'home'))
    // Of others, for the center alone, over, or not yet.
    await consent('operator3')
    await consent('operator4', { 'sites[]': 'center' })
    await consent('operator4', { given_on: addDays(today(), -9), until: addDays(today(), -1) })
    await consent('operator4', { given_on: addDays(today(), 1) })
    assert.isNull(await take(someone, 'home'))
    assert.equal((await consent('operator4')).location, '/consents')
    assert.isNotNull(await take(someone, 'home'))
    const named = await take(await person('operator3'), 'home')
    assert.isNotNull(named)
    assert.isNotNull(await take(await person('operator1'), 'center'))
    const history = (await leader.get('/consents')).text
    assert.match(history, /value="home" selected/)
  })

  test('goes to nobody at the center either, where everybody must be named; the board says so', async ({
    assert,
  }) => {
    await givenSubmission()
    const { need, consent, board } = await visit()
    assert.notInclude(await board(), '当てはまる人が一人もいません')
    await need('everybody')
    assert.include(await board(), '健康課の作業は、承諾や地区の決まりに')
    assert.isNull(await take(await person('operator1')))
    await consent('operator1', { 'sites[]': 'center' })
    assert.isNotNull(await take(await person('operator1')))
    assert.isNull(await take(await person('operator2')))
    assert.notInclude(await board(), '当てはまる人が一人もいません')
  })

  test('ends packs of who isn’t named any more, and begins nothing that lies ready for them', async ({
    assert,
  }) => {
    await givenSubmission()
    const { leader, need } = await visit()
    const visitor = await Visitor.loggedIn('operator1')
    const { location } = await visitor.post('/work/assignments', { kind: 'key' })
    await visitor.post(`${location}/ahead`, {}, { accept: 'application/json' })
    await need('everybody')
    await db
      .from('assignments')
      .where('ahead', false)
      .update({
        ended_at: db.raw('now()'),
        ended_reason: 'given_back',
      })
    assert.isNull(await take(await person('operator1')))
    await need('nobody')
    await db.from('assignments').update({ ended_at: db.raw('now()'), ended_reason: 'given_back' })
    const batch = await givenBatch(leader, { table: rows(5) })
    const other = await Visitor.loggedIn('operator2')
    await accept(other, batch)
    await endUnentrustedPacks()
    assert.lengthOf(await db.from('packs').whereNull('ended_at'), 1)
    await need('everybody')
    await endUnentrustedPacks()
    assert.lengthOf(await db.from('packs').where('ended_reason', 'withdrawn'), 1)
    // What they have in hand they finish.
    assert.lengthOf(await db.from('assignments').whereNull('ended_at'), 1)
    assert.lengthOf(await db.from('tasks').whereNotNull('pack_id'), 0)
  })

  test('isn’t offered in packs to others, and goes on once nobody need be named', async ({
    assert,
  }) => {
    const { leader, need, consent } = await visit()
    await givenBatch(leader, { table: rows(3) })
    const offered = async (login: string) => offerPacks(await person(login), 'center')
    assert.lengthOf(await offered('operator1'), 1)
    await need('everybody')
    assert.lengthOf(await offered('operator1'), 0)
    await consent('operator1', { 'sites[]': 'center' })
    assert.lengthOf(await offered('operator1'), 1)
    assert.lengthOf(await offered('operator2'), 0)
    await need('nobody')
    assert.equal((await need('somebody')).location, '/consents')
    assert.lengthOf(await offered('operator2'), 1)
  })
})
