import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { foldReading } from '#app/submissions/fold_names'
import { refreshTokens } from '#app/submissions/refresh_tokens'
import { searchSubmissions } from '#app/submissions/search_submissions'
import { givenKeyed, person } from '#tests/support/given'
import { givenBooked } from '#tests/support/given_live'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'
import { cancelBooking } from '#app/desk/visits/change_booking'
import { drainFlow } from '#app/flow/sweeper'

const found = async (words: string, login = 'leader') =>
  (await searchSubmissions(await person(login), words)).map((one) => one.receipt)

test.group('Searching', (group) => {
  group.each.setup(reset)

  test('finds a receipt number however it is said', async ({ assert }) => {
    const { submission } = await givenBooked()
    await db.from('submissions').where('id', submission.id).update({ receipt: 'すいか-5894' })
    for (const said of [
      'すいか-5894',
      'すいか5894',
      'スイカ-5894',
      'スイカ 5894',
      'すいか−５８９４',
      '受付番号: すいか5894',
      'すいかの5894',
      '5894',
    ])
      assert.deepEqual(await found(said), ['すいか-5894'], said)
    assert.deepEqual(await found('すいか-5895'), [])
  })

  test('finds people as they are called, however it is spelled', async ({ assert }) => {
    const people = [
      ['サトウ ヒサシ', '佐藤 久'],
      ['サト－ ハナコ', '佐藤 花子'],
      ['グエン・ティ・ミン・カイ', 'NGUYEN THI MINH KHAI'],
      ['タカハシ イサオ', '髙橋 勲'],
      ['サイトウ ノボル', '齋藤 昇'],
      ['イトウ ミスヾ', '伊藤みすゞ'],
    ]
    const receipts: string[] = []
    for (const [index, [kana, name]] of people.entries()) {
      const { submission } = await givenBooked({
        voucher_number: [
          '1000000008',
          '1000000016',
          '1000000024',
          '1000000032',
          '1000000040',
          '1000000057',
        ][index],
        name_kana: kana,
        name,
        phone: `026300127${index}`,
      })
      receipts.push(submission.receipt)
    }
    const cases: [string, number[]][] = [
      ['サトー', [1, 0]],
      ['サトウ', [1, 0]],
      ['さとう ひさし', [0]],
      ['佐藤', [1, 0]],
      ['佐藤 花子', [1]],
      ['グエン', [2]],
      ['nguyen', [2]],
      ['Nguyen Thi Minh Khai', [2]],
      ['高橋', [3]],
      ['髙橋', [3]],
      ['斎藤', [4]],
      ['斉藤', [4]],
      ['伊藤', [5]],
      ['いとう みすず', [5]],
      ['+81 263-00-1274', [4]],
      ['0263-00-1274', [4]],
      ['1274', [4]],
      ['1000000024', [2]],
      ['ヤマダ', []],
    ]
    for (const [words, wanted] of cases)
      assert.sameMembers(
        await found(words),
        wanted.map((index) => receipts[index]),
        words
      )
  })

  test('finds what an older version wrote, once the worker has written it anew', async ({
    assert,
  }) => {
    const { submission } = await givenBooked()
    await db.from('search_tokens').delete()
    await db.from('submissions').update({ tokens_version: 0 })
    assert.deepEqual(await found('山田'), [])
    assert.equal(await refreshTokens(), 1)
    assert.equal(await refreshTokens(), 0)
    assert.deepEqual(await found('山田'), [submission.receipt])
  })

  test('is kept with who searched and how much was found, never for what', async ({ assert }) => {
    await givenBooked()
    await found('ヤマダ')
    const event = await db.from('events').where('verb', 'submissions.searched').firstOrFail()
    assert.equal(event.actor_id, (await person('leader')).id)
    assert.deepEqual(event.detail, { found: 1 })
    assert.notInclude(JSON.stringify(event), 'ヤマダ')
  })

  test('stays within what somebody may see', async ({ assert }) => {
    await givenBooked()
    assert.lengthOf(await found('山田', 'kenko'), 1)
    assert.lengthOf(await found('山田', 'kotsu'), 0)
  })

  test('folds kana the same way whatever is folded', ({ assert }) => {
    assert.deepEqual(foldReading('ショウジ'), foldReading('シヨウジ'))
    assert.includeMembers(foldReading('サトー'), foldReading('サトウ'))
    assert.notIncludeMembers(foldReading('オノ'), foldReading('オオノ'))
  })
})

test.group('Lists of submissions', (group) => {
  group.each.setup(reset)

  test('say whose and what, and narrow down by service, channel, day and state', async ({
    assert,
  }) => {
    const paper = await givenKeyed({ voucher_number: '4111111111', name: '小林 誠' })
    const { submission: live } = await givenBooked()
    const leader = await Visitor.loggedIn('leader')
    const all = await leader.get('/submissions')
    for (const text of ['小林 誠', '山田 はるゑ', '予防接種']) assert.include(all.text, text)
    const counter = await leader.get('/submissions?channel=counter&state=&day=&service=')
    assert.include(counter.text, live.receipt)
    assert.notInclude(counter.text, paper.receipt)
    const past = await leader.get('/submissions?day=2020-01-01')
    assert.notInclude(past.text, live.receipt)
  })

  test('call a canceled booking what it is, not done', async ({ assert }) => {
    const { submission, bookingId } = await givenBooked()
    await cancelBooking(await person('madoguchi'), bookingId, 'counter')
    await drainFlow()
    const leader = await Visitor.loggedIn('leader')
    const page = await leader.get(`/submissions/${submission.id}`)
    assert.include(page.text, '予約取消')
    assert.notMatch(page.text, /class="state good">\s*完了/)
  })
})
