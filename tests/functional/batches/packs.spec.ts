import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { endExpiredPacks } from '#app/batches/packs/end_packs'
import Pack from '#app/batches/packs/pack'
import { paymentDay } from '#app/batches/packs/terms'
import { leave } from '#app/people/members/leave'
import { takeNextTask } from '#app/tasks/take_next_task'
import { setClock } from '#app/core/clock'
import { newId } from '#app/core/ids'
import {
  accept,
  acceptPack,
  answer,
  givenBatch,
  nextOf,
  offerIn,
  rows,
} from '#tests/support/given_batch'
import { person } from '#tests/support/given'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const RIGHT = { f1: '青嶺太郎', f2: '' }

const idOf = (path: string) => path.split('/').at(-1)!

test.group('A pack of work', (group) => {
  group.each.setup(reset)

  test('says on what terms before it is accepted, and keeps them', async ({ assert, cleanup }) => {
    cleanup(setClock('2026-11-27T10:00:00+09:00'))
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: rows(30) })
    const operator = await Visitor.loggedIn('operator1')
    const offer = (await operator.get(`/work/offers/${idOf(path)}`)).text
    // Ten minutes of a minute each, then twenty, then all that is there.
    for (const says of ['10件を引き受ける', '20件を引き受ける', '30件を引き受ける', '12 円'])
      assert.include(offer, says)
    const pack = await acceptPack(operator, path)
    const page = (await operator.get(pack)).text
    for (const says of [
      '名簿の入力 (11月分)',
      '10件(めやす 10分)',
      '1件 12 円',
      '120 円',
      '令和8年(2026年)11月27日',
      '令和8年(2026年)12月4日',
      '令和8年(2026年)12月31日',
    ])
      assert.include(page, says)
    const paper = await operator.get(`${pack}/paper`)
    assert.equal(paper.headers.get('content-type'), 'application/pdf')
    assert.include(paper.body.subarray(0, 5).toString('latin1'), '%PDF')
    // The kind becomes dearer: what was agreed stays.
    const [kind] = await db.from('work_kinds')
    await db
      .from('batches')
      .update({ definition: JSON.stringify({ ...kind.definition, price: 20 }) })
    assert.include((await operator.get(pack)).text, '1件 12 円')
  })

  test('is promised to one person, and nobody else is given its pieces', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: rows(12) })
    const one = await Visitor.loggedIn('operator1')
    const pack = await acceptPack(one, path)
    const other = await Visitor.loggedIn('operator2')
    assert.include((await other.get(`/work/offers/${idOf(path)}`)).text, '2件を引き受ける')
    const first = await db.from('tasks').whereNotNull('pack_id').firstOrFail()
    await other.post('/work/assignments', { task_id: first.id })
    await other.post('/work/assignments', { kind: 'piece' })
    assert.lengthOf(await db.from('assignments'), 0)
    // Nor is a piece given without a pack.
    const free = await db.from('tasks').where('kind', 'piece').whereNull('pack_id').firstOrFail()
    await other.post('/work/assignments', { task_id: free.id })
    assert.lengthOf(await db.from('assignments'), 0)
    // Nor one of another's pack, though it is asked for with one's own.
    const own = await acceptPack(other, path)
    const wanted = { packId: idOf(own), taskId: String(first.id) }
    assert.isFalse((await takeNextTask(await person('operator2'), 'center', wanted)).ok)
    assert.equal((await other.get(pack)).status, 404)
    assert.equal((await other.post(`${pack}/next`)).status, 404)
  })

  test('is accepted one at a time, and only as it was shown', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: rows(12) })
    const operator = await Visitor.loggedIn('operator1')
    const offer = offerIn((await operator.get(`/work/offers/${idOf(path)}`)).text)
    assert.equal(offer.promised, '10')
    for (const [key, value] of [
      ['amount', '110'],
      ['promised', '9'],
      ['paid_on', '2099-01-31'],
      ['minutes', '13'],
    ]) {
      const refused = await operator.post('/work/packs', { ...offer, [key]: value })
      assert.equal(refused.location, `/work/offers/${idOf(path)}`)
    }
    // Others have taken of it since it was shown.
    const other = await Visitor.loggedIn('operator2')
    await acceptPack(other, path)
    const late = await operator.post('/work/packs', offer)
    assert.equal(late.location, `/work/offers/${idOf(path)}`)
    assert.lengthOf(await db.from('packs'), 1)
    const now = offerIn((await operator.get(`/work/offers/${idOf(path)}`)).text)
    // What a piece takes may have been measured anew since somebody read the terms: those they read hold.
    const rest = { ...now, minutes: '3' }
    const answers = await Promise.all([
      operator.post('/work/packs', rest),
      operator.post('/work/packs', rest),
    ])
    const kept = answers.filter(({ location }) => location?.startsWith('/work/packs/'))
    assert.lengthOf(kept, 1)
    assert.lengthOf(await db.from('packs'), 2)
    const { terms } = await Pack.findByOrFail('userId', (await person('operator1')).id)
    assert.deepInclude(terms, { promised: 2, minutes: 3, amount: 24 })
  })

  test('goes on where it was left: the piece at hand comes again', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: rows(12) })
    const operator = await Visitor.loggedIn('operator1')
    const pack = await acceptPack(operator, path)
    const piece = await nextOf(operator, pack)
    assert.include((await operator.get('/work')).text, pack)
    assert.equal(await nextOf(operator, pack), piece)
    await operator.put(`${piece}/draft`, { 'values[f1]': '途中' })
    assert.include((await operator.get(piece)).text, '途中')
  })

  test('loses nothing when an answer is sent twice, or its time is over in the middle', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: rows(12) })
    const operator = await Visitor.loggedIn('operator1')
    const pack = await acceptPack(operator, path)
    const first = await nextOf(operator, pack)
    const second = await answer(operator, first, RIGHT)
    // The answer was lost on the way, and is sent once more: the piece at hand stays.
    assert.equal(await answer(operator, first, RIGHT), second)
    assert.include((await operator.get(pack)).text, '1 / 10')
    await db.from('packs').update({ ends_at: db.raw('now()') })
    await endExpiredPacks()
    await answer(operator, second, RIGHT)
    const page = (await operator.get(pack)).text
    assert.include(page, '2 / 10')
    assert.include(page, '24 円')
  })

  test('by the minute counts all that was measured, also of what was given back', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { kind: { unit: 'minute', price: '20' } })
    const operator = await Visitor.loggedIn('operator1')
    const pack = await acceptPack(operator, path)
    const piece = await nextOf(operator, pack)
    await operator.put(`${piece}/draft`, { 'values[f1]': '途中' })
    await db
      .from('activity_spans')
      .update({ started_at: db.raw(`ended_at - interval '150 seconds'`) })
    await operator.delete(piece)
    assert.include((await operator.get(pack)).text, '60 円')
  })

  test('ends when somebody stops: the rest is for others, what is done counts', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: rows(12) })
    const operator = await Visitor.loggedIn('operator1')
    const pack = await acceptPack(operator, path)
    await answer(operator, await nextOf(operator, pack), RIGHT)
    await operator.post(`${pack}/end`)
    const page = (await operator.get(pack)).text
    assert.include(page, '1 / 10')
    assert.include(page, '12 円')
    assert.lengthOf(await db.from('tasks').whereNotNull('pack_id').whereNot('state', 'done'), 0)
    assert.lengthOf(await db.from('assignments').whereNull('ended_at'), 0)
    // And may be accepted anew.
    assert.include(await acceptPack(operator, path), '/work/packs/')
  })

  test('is over at its time, and for somebody who leaves', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader, { table: rows(30) })
    const one = await Visitor.loggedIn('operator1')
    const other = await Visitor.loggedIn('operator2')
    const [late, left] = [await acceptPack(one, path), await acceptPack(other, path)]
    await db
      .from('packs')
      .where('id', idOf(late))
      .update({ ends_at: db.raw('now()') })
    await endExpiredPacks()
    assert.include((await one.get(late)).text, '時刻がすぎた')
    await leave(await person('admin'), (await person('operator2')).id)
    const pack = await db.from('packs').where('id', idOf(left)).firstOrFail()
    assert.equal(pack.ended_reason, 'withdrawn')
    assert.lengthOf(await db.from('tasks').whereNotNull('pack_id'), 0)
  })

  test('is offered at home only where kind and client agree, and to who has the skill', async ({
    assert,
  }) => {
    const leader = await Visitor.loggedIn('leader')
    const agreed = await givenBatch(leader, {
      kind: { name: '在宅の入力', at_home: '1' },
      batch: { title: '在宅でよい', home_work_agreed: '1' },
    })
    await givenBatch(leader, { kind: { name: '同意なし', at_home: '1' } })
    await givenBatch(leader, { kind: { name: 'センターだけ' }, batch: { home_work_agreed: '1' } })
    await givenBatch(leader, { kind: { name: '英語の入力', skill: '英語' } })
    await givenBatch(leader, {
      table: '券番号,ふりがな,枚数\r\n1000000008,あおみね たろう,2\r\n',
      kind: { name: 'だれかわかる', at_home: '1' },
      batch: { home_work_agreed: '1' },
    })
    const home = await Visitor.loggedIn('operator4', 'home')
    const offered = (await home.get('/work')).text
    assert.include(offered, '在宅の入力')
    for (const other of ['同意なし', 'センターだけ', '英語の入力', 'だれかわかる'])
      assert.notInclude(offered, other)
    const center = await Visitor.loggedIn('operator1')
    const there = (await center.get('/work')).text
    for (const one of ['同意なし', 'センターだけ']) assert.include(there, one)
    assert.notInclude(there, '英語の入力')
    const { id } = await person('operator1')
    await db.table('qualifications').insert({ id: newId(), user_id: id, skill: '英語' })
    assert.include((await center.get('/work')).text, '英語の入力')
    // What was taken on at home isn't gone on with elsewhere by another's address.
    assert.include(await accept(home, agreed), '/work/assignments/')
  })

  test('is not offered while its batch is paused', async ({ assert }) => {
    const leader = await Visitor.loggedIn('leader')
    const path = await givenBatch(leader)
    const operator = await Visitor.loggedIn('operator1')
    const offer = offerIn((await operator.get(`/work/offers/${idOf(path)}`)).text)
    await leader.post(`${path}/decision`, { decision: 'pause' })
    assert.notInclude((await operator.get('/work')).text, '/work/offers/')
    assert.equal((await operator.get(`/work/offers/${idOf(path)}`)).status, 404)
    const refused = await operator.post('/work/packs', offer)
    assert.equal(refused.location, '/work')
    await leader.post(`${path}/decision`, { decision: 'resume' })
    assert.include((await operator.get('/work')).text, '/work/offers/')
  })

  test('is paid within sixty days of its receipt', ({ assert }) => {
    for (const [received, paid] of [
      ['2026-11-27', '2026-12-31'],
      ['2026-12-31', '2027-01-31'],
      // To the end of the next month it would be the 62nd day.
      ['2026-07-01', '2026-08-29'],
      ['2027-01-01', '2027-02-28'],
    ])
      assert.equal(paymentDay(received), paid)
  })
})
