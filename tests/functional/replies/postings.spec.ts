import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { drainFlow } from '#app/flow/sweeper'
import { postRun } from '#app/replies/print_runs/post_run'
import { person } from '#tests/support/given'
import { listOf } from '#tests/support/given_mailing'
import { encloseRun, givenEnclosed, planPosting, type Senders } from '#tests/support/given_posting'
import { pagesOf } from '#tests/support/pdf_text'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

async function senders(): Promise<Senders> {
  const [client, chief, leader] = await Promise.all(
    ['kenko', 'kacho', 'leader'].map((login) => Visitor.loggedIn(login))
  )
  return { client, chief, leader }
}

const handOver = (leader: Visitor, posting: string, pieces: number, otherDays = '') =>
  leader.post(`${posting}/handing-over`, { pieces: String(pieces), other_days: otherDays })

test.group('Postings', (group) => {
  group.each.setup(reset)

  test('have runs go together, by weight and what it costs, and compare what the post counted', async ({
    assert,
  }) => {
    const all = await senders()
    const { leader } = all
    const runs = [
      await givenEnclosed(all, listOf(2), { name: '一つめ' }),
      await givenEnclosed(all, listOf(3), { name: '二つめ' }),
    ]
    const offered = (await leader.get('/postings')).text
    for (const run of runs) assert.include(offered, run)
    const { location } = await planPosting(leader, runs, { duplex: '1' })
    assert.match(location ?? '', /^\/postings\//)
    // A double click plans it once.
    assert.equal((await planPosting(leader, runs, { duplex: '1' })).location, location)
    // A page that is older than that asks for something else.
    assert.equal((await planPosting(leader, runs)).status, 422)
    assert.equal((await planPosting(leader, [runs[0]], { duplex: '1' })).status, 422)
    const page = (await leader.get(location!)).text
    assert.include(page, '9.2 g')
    assert.include(page, '定形 50gまで')
    assert.include(page, '5通を郵便局に出した')
    assert.include(page, '550')
    const list = await leader.get(`${location}/print`)
    const [printed] = await pagesOf(list.body)
    for (const words of ['郵便物差出票', '青嶺郵便局', '料金後納', '9.2g', '110', '550'])
      assert.include(printed, words)
    // What goes with others doesn't go alone.
    await leader.post(`/print-runs/${runs[0]}/posting`)
    assert.include((await leader.get(`/print-runs/${runs[0]}`)).text, '郵便に出す')
    assert.lengthOf(await db.from('print_runs').where('state', 'posted'), 0)
    assert.include((await leader.get(`/print-runs/${runs[0]}`)).text, `href="${location}"`)
    assert.equal((await handOver(leader, location!, 5)).location, location)
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 5)
    // Prices that change later change nothing of it.
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/settings', { 'values[post_standard_50]': '120' })
    assert.include((await leader.get(location!)).text, '550')
    // The receipt says another number: nobody passes over that.
    const count = (accepted: string, difference = '') =>
      leader.post(`${location}/acceptance`, { accepted, difference })
    const fewer = await count('４')
    assert.equal(fewer.status, 422)
    assert.include(fewer.text, 'こちらの数は 5通です')
    assert.equal((await count('x')).status, 422)
    assert.equal((await count('4', '青嶺さんの1通')).status, 422)
    assert.equal((await count('4', 'brought_back')).location, location)
    assert.include(await db.from('postings').firstOrFail(), { state: 'accepted', accepted: 4 })
    const kept = (await leader.get(location!)).text
    assert.include(kept, '窓口から持ち帰った')
    assert.include((await leader.get('/postings')).text, '通数が違う')
    await count('5')
    assert.include(await db.from('postings').firstOrFail(), { accepted: 4 })
  })

  test('take out first what may not go any more, of all runs at once', async ({ assert }) => {
    const all = await senders()
    const { client, leader } = all
    const stop = (name: string) =>
      client.post('/stops', { kind: 'deceased', name, number: '1000000008' })
    const row = (at: number, name: string) =>
      `399-9903,長野県青嶺市上久保${at}番地,${name},12月1日,公民館`
    const list = (...names: string[]) =>
      ['郵便番号,住所,氏名,健診日,会場', ...names.map((name, at) => row(at + 1, name))].join('\r\n')
    const runs = [
      await givenEnclosed(all, list('青嶺一', '青嶺二'), { name: '一つめ' }),
      await givenEnclosed(all, list('青嶺三', '青嶺四'), { name: '二つめ' }),
    ]
    const { location } = await planPosting(leader, runs)
    await stop('青嶺二')
    await stop('青嶺三')
    const refused = await handOver(leader, location!, 4)
    assert.equal(refused.status, 422)
    assert.match(refused.text, /ロット \d+: 2番/)
    assert.match(refused.text, /ロット \d+: 1番/)
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 0)
    assert.include(refused.text, '2通を郵便局に出した')
    // Sent once more as it was, or by somebody who hasn't seen it: nothing goes, and what is to be taken out is told.
    const again = await handOver(leader, location!, 4)
    assert.equal(again.status, 422)
    assert.include(again.text, '通数が変わりました')
    assert.match(again.text, /ロット \d+: 2番/)
    assert.equal((await leader.post(`${location}/handing-over`)).status, 422)
    assert.match((await leader.get(location!)).text, /ロット \d+: 1番/)
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 0)
    await handOver(leader, location!, 2)
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 2)
    const { lines } = await db.from('postings').firstOrFail()
    assert.deepEqual(
      lines.map(({ pieces, yen }: { pieces: number; yen: number }) => [pieces, yen]),
      [[2, 220]]
    )
    assert.equal((await leader.post(`${location}/acceptance`, { accepted: '2' })).status, 302)
    assert.include((await leader.get(location!)).text, 'こちらと同じです')
  })

  test('go on where they were stopped, and on another day only where somebody says so', async ({
    assert,
  }) => {
    const all = await senders()
    const { leader } = all
    const runs = [
      await givenEnclosed(all, listOf(2), { name: '一つめ' }),
      await givenEnclosed(all, listOf(2), { name: '二つめ', datedOn: addDays(today(), 1) }),
    ]
    const { location } = await planPosting(leader, runs)
    const refused = await handOver(leader, location!, 4)
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'きょうの日付ではありません')
    const [, days] = /name="other_days" value="([^"]+)"/.exec(refused.text)!
    // Nothing has gone before all can.
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 0)
    // What goes with others isn't taken apart.
    await leader.post(`/print-runs/${runs[1]}/redating`, { dated_on: today() })
    assert.lengthOf(await db.from('print_runs').where('state', 'enclosed'), 2)
    const heavier = await handOver(leader, location!, 4, `${days} 99:2026-01-01`)
    assert.equal(heavier.status, 422)
    // One has gone, and the process died.
    const { id } = await db.from('postings').firstOrFail()
    await postRun(await person('leader'), runs[0], { postingId: id })
    // Part of it is gone: it can't be given up any more.
    await leader.post(`${location}/cancellation`)
    assert.equal((await db.from('postings').firstOrFail()).state, 'planned')
    await handOver(leader, location!, 4, days)
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 4)
    assert.equal((await db.from('postings').firstOrFail()).lines[0].pieces, 4)
  }).timeout(60_000)

  test('leave runs as they are that aren’t enclosed any more', async ({ assert }) => {
    const all = await senders()
    const { leader } = all
    const first = await givenEnclosed(all, listOf(2), { name: '一つめ' })
    const run = await givenEnclosed(all, listOf(2), { name: '二つめ' })
    const { location } = await planPosting(leader, [first, run])
    const { posting_id: id } = await db.from('print_runs').where('id', run).firstOrFail()
    // Taken apart in another way than its page's.
    await db.connection('owner').from('print_runs').where('id', run).update({ state: 'printed' })
    await all.client.post('/stops', { kind: 'deceased', name: '青嶺一', number: '1000000008' })
    const refused = await handOver(leader, location!, 4)
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'まだ封入していない')
    assert.lengthOf(await db.from('print_runs').where('state', 'posted'), 0)
    assert.lengthOf(await db.from('sheets').where('state', 'pulled'), 0)
    await db.connection('owner').from('print_runs').where('id', run).update({ state: 'enclosed' })
    // Who is posting one of them is waited for: then it can't be given up.
    await Promise.all([
      postRun(await person('leader'), run, { postingId: id }),
      leader.post(`${location}/cancellation`),
    ])
    const { state } = await db.from('postings').firstOrFail()
    const after = await db.from('print_runs').where('id', run).firstOrFail()
    assert.deepEqual(
      [state, after.state, after.posting_id],
      after.state === 'posted' ? ['planned', 'posted', id] : ['canceled', 'enclosed', null]
    )
  })

  test('hold what belongs together; what was typed stays', async ({ assert }) => {
    const all = await senders()
    const { leader } = all
    const letters = await givenEnclosed(all, listOf(2), { name: '手紙' })
    const cards = await givenEnclosed(all, listOf(2), { name: 'はがき', product: 'postcard' })
    const mixed = await planPosting(leader, [letters, cards], { office: '本町郵便局' })
    assert.equal(mixed.status, 422)
    assert.include(mixed.text, 'いっしょに出せません')
    assert.include(mixed.text, '本町郵便局')
    const heavy = await planPosting(leader, [letters], {
      enclosed_grams: '900',
      envelope_grams: '150',
    })
    assert.include(heavy.text, '1,000g')
    for (const wrong of ['4.25', '-1', 'ko', '', '0'])
      assert.equal(
        (await planPosting(leader, [letters], { sheet_grams: wrong })).status,
        422,
        wrong
      )
    assert.equal((await planPosting(leader, [])).status, 422)
    assert.lengthOf(await db.from('postings'), 0)
    // One that isn't enclosed yet.
    await leader.post(`/print-runs/${letters}/redating`, { dated_on: today() })
    assert.equal((await planPosting(leader, [letters])).status, 422)
    await drainFlow()
    await encloseRun(leader, letters)
    // A heavy one goes as the larger, by its step; of postcards nothing is weighed.
    const { location: large } = await planPosting(leader, [letters], { enclosed_grams: '４１．５' })
    const page = (await leader.get(large!)).text
    assert.include(page, '定形外(規格内) 100gまで')
    assert.include(page, '360')
    const { location: card } = await planPosting(leader, [cards], { mail_service: 'recorded' })
    const cardPage = (await leader.get(card!)).text
    assert.include(cardPage, 'はがき')
    assert.include(cardPage, '590')
    // What is signed for has its people on the list.
    const [, people] = await pagesOf((await leader.get(`${card}/print`)).body)
    assert.include(people, '青嶺一一様')
    // Given up, its runs can go into another.
    assert.equal((await leader.post(`${card}/cancellation`)).location, '/postings')
    assert.equal((await handOver(leader, card!, 2)).location, card)
    assert.lengthOf(await db.from('print_runs').where('state', 'posted'), 0)
    assert.notEqual((await planPosting(leader, [cards])).location, card)
  }).timeout(60_000)

  test('offer what was weighed and paid the last time, and tell who opened the list', async ({
    assert,
  }) => {
    const all = await senders()
    const { leader } = all
    const first = await givenEnclosed(all, listOf(2), { name: '一つめ' })
    const { location } = await planPosting(leader, [first], {
      sheet_grams: '6.5',
      no_forwarding: '1',
      mail_service: 'recorded',
    })
    await leader.get(`${location}/print`)
    const opened = await db.from('events').where('verb', 'posting.printed')
    assert.equal(opened[0].actor_id, (await person('leader')).id)
    await givenEnclosed(all, listOf(2), { name: '二つめ' })
    const offered = (await leader.get('/postings')).text
    assert.include(offered, 'value="6.5"')
    assert.include(offered, '青嶺郵便局')
    // A service that costs more is asked for each time.
    assert.notMatch(offered, /name="no_forwarding" value="1" checked/)
    assert.match(offered, /value="ordinary" selected/)
  })
})
