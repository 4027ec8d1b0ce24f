import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { drainFlow } from '#app/flow/sweeper'
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
    assert.equal((await planPosting(leader, runs)).location, location)
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
    assert.equal((await leader.post(`${location}/handing-over`)).location, location)
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
    assert.equal((await count('4', '1通は窓口から持ち帰った')).location, location)
    assert.include(await db.from('postings').firstOrFail(), { state: 'accepted', accepted: 4 })
    const kept = (await leader.get(location!)).text
    assert.include(kept, '1通は窓口から持ち帰った')
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
    const refused = await leader.post(`${location}/handing-over`)
    assert.equal(refused.status, 422)
    assert.match(refused.text, /ロット \d+: 2番/)
    assert.match(refused.text, /ロット \d+: 1番/)
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 0)
    assert.include(refused.text, '2通を郵便局に出した')
    await leader.post(`${location}/handing-over`)
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
    const refused = await leader.post(`${location}/handing-over`)
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'きょうの日付ではありません')
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 2)
    // Part of it is gone: it can't be given up any more.
    await leader.post(`${location}/cancellation`)
    assert.equal((await db.from('postings').firstOrFail()).state, 'planned')
    await leader.post(`${location}/handing-over`, { other_day: '1' })
    assert.lengthOf(await db.from('sheets').where('state', 'posted'), 4)
    assert.equal((await db.from('postings').firstOrFail()).lines[0].pieces, 4)
  }).timeout(60_000)

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
    for (const wrong of ['4.25', '-1', 'ko', ''])
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
    assert.equal((await leader.post(`${card}/handing-over`)).location, card)
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
