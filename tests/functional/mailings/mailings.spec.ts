import { test } from '@japa/runner'
import db from '@adonisjs/lucid/services/db'
import { drainFlow } from '#app/flow/sweeper'
import { composeMailing } from '#app/mailings/list/compose_mailing'
import { removeOldMailings } from '#app/mailings/remove_old_mailings'
import Reply from '#app/replies/reply'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { openSealer } from '#app/core/sealing'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import {
  approveBy,
  approved,
  givenMailing,
  handInList,
  LETTER,
  listOf,
} from '#tests/support/given_mailing'
import { pagesOf } from '#tests/support/pdf_text'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'
import { workbook } from '#tests/support/workbook'
import { timePasses, WorkerProcess } from '#tests/support/worker_process'

/** Rows of a list that a worker makes letters of in several parts. */
const ROWS = 1100

test.group('Letters to a client’s list', (group) => {
  group.each.setup(reset)

  test('go from the list to the post: checked, approved by a second person, printed, posted', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const mailing = await givenMailing(client)
    const list = `${listOf(3)}\r\n399-9903,長野県青嶺市上久保,山田太郎,12月1日,公民館\r\n399-9903,長野県青嶺市上久保9番地,,12月1日,\r\n399-9903,長野県青嶺市上久保8番地,${'長い名前'.repeat(15)},12月1日,\r\n`
    await handInList(client, mailing, list)
    const checked = (await client.get(mailing)).text
    assert.include(checked, '4通を手紙にし、2行は手紙にしません')
    assert.include(checked, '住所: 番地がありません')
    assert.include(checked, '氏名: ')
    for (const which of ['first', 'longest', 'random']) {
      const proof = await client.get(`${mailing}/proofs/${which}?as=pdf`)
      assert.equal(proof.status, 200)
    }
    // Who asks for approval doesn't give it, nor does anybody of another client or of the center.
    await client.post(`${mailing}/submission`)
    const own = await client.post(`${mailing}/approval`, { approval_number: '1' })
    assert.equal(own.status, 422)
    assert.include(own.text, '承認をたのんだ人は、承認できません')
    const admin = await Visitor.loggedIn('admin')
    const center = await admin.post(`${mailing}/approval`, { approval_number: '1' })
    assert.include(center.text, '発注者の人だけ')
    const other = await Visitor.loggedIn('kotsu')
    assert.equal((await other.post(`${mailing}/approval`, { approval_number: '1' })).status, 404)
    assert.equal((await chief.post(`${mailing}/approval`)).status, 422)
    assert.lengthOf(await db.from('replies'), 0)
    await approveBy(chief, mailing, { approval_number: '健発123' })
    await drainFlow()
    assert.include((await client.get(mailing)).text, '決裁番号 健発123')
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`${mailing}/runs`, { dated_on: today() })
    await drainFlow()
    const run = await db.from('print_runs').firstOrFail()
    assert.equal(run.planned, 3)
    const at = `/print-runs/${run.id}`
    const pages = await pagesOf((await leader.get(`${at}/pdf`)).body)
    const said = pages.join('')
    for (const word of ['青嶺一一', '青嶺二一', '12月3日', '公民館']) assert.include(said, word)
    for (const { code } of await db.from('sheets').where('print_run_id', run.id))
      await leader.post(`${at}/enclosures`, { code })
    await leader.post(`${at}/posting`)
    const report = (await client.get(`${mailing}/report`)).text
    assert.include(report, `"2","発送した","","${run.number}",`)
    assert.include(report, `"5","手紙にしない行","住所: 番地がありません"`)
    // What doesn't fit the window is seen once it is set.
    assert.include(report, '"7","手紙にしない行","住所: 封筒の窓に入りません"')
    const order = /href="(\/orders\/[^"]+)"/.exec((await client.get(mailing)).text)![1]
    assert.include((await client.get(order)).text, '3 / 3')
    await client.post(`${order}/closing`, { sure: 'yes' })
    assert.include((await client.get(order)).text, '完了を取り消す')
  })

  test('asks which column is which where the list says otherwise, and remembers it', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const mailing = await givenMailing(client)
    const list =
      'ゆうびん,すまい,なまえ,日,場所\r\n399-9903,長野県青嶺市上久保1番地,青嶺花子,12月1日,公民館'
    const refused = await handInList(client, mailing, list)
    assert.equal(refused.status, 422)
    assert.include(refused.text, '見出しが足りません: 郵便番号、住所、氏名、健診日')
    assert.include(refused.text, '<option value="ゆうびん"')
    const columns = {
      'columns[postcode]': 'ゆうびん',
      'columns[address]': 'すまい',
      'columns[name]': 'なまえ',
      'columns[field:健診日]': '日',
      'columns[field:会場]': '場所',
    }
    const half = await client.post(`${mailing}/columns`, { ...columns, 'columns[name]': '' })
    assert.equal(half.status, 422)
    assert.include(half.text, '氏名')
    await client.post(`${mailing}/columns`, columns)
    await drainFlow()
    assert.include((await client.get(mailing)).text, '1通を手紙にし、0行は')
    const [page] = await pagesOf((await client.get(`${mailing}/proofs/first?as=pdf`)).body)
    for (const said of ['青嶺花子', '12月1日', '公民館']) assert.include(page, said)
    // The next month's list is the same.
    const { location: order } = await client.post('/orders', {
      title: '次の月',
      direction: 'to_paper',
      due_on: '2099-01-05',
    })
    const { id } = await db.from('letter_templates').firstOrFail()
    const choice = { template_id: id, product: 'postcard', size: '14' }
    const { location: next } = await client.post(`${order}/mailings`, choice)
    assert.equal((await handInList(client, next!, list)).location, next)
    // Whatever is chosen for it: the first stays as it was looked at.
    await client.post(`${next}/columns`, { ...columns, 'columns[name]': '場所' })
    await drainFlow()
    assert.include((await db.from('letter_templates').firstOrFail()).matching, { name: '場所' })
    await approved(client, await Visitor.loggedIn('kacho'), mailing)
    const [reply] = await Reply.query()
    const letter = (await openSealer(reply.dataKeyId)).openJson<Letter>(
      letterSealContext(reply.id),
      reply.inputs!
    )
    assert.equal(letter.to.name, '青嶺花子')
  })

  test('come from a workbook as well, its days as days', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const mailing = await givenMailing(client)
    const headings = ['郵便番号', '住所', '氏名', '健診日', '会場']
    await handInList(client, mailing, workbook([['名簿 12月'], headings.with(3, '日')]))
    const refused = (await client.get(mailing)).text
    assert.include(refused, '見出しが足りません: 健診日')
    assert.include(refused, '<option value="日"')
    const list = workbook([
      ['名簿 12月'],
      headings,
      [3999903, '長野県青嶺市上久保1番地', '青嶺花子', { day: 46357 }, '公民館'],
      [3999903, '長野県青嶺市上久保', '青嶺太郎', '12月2日', true],
    ])
    await handInList(client, mailing, list)
    const { text } = await client.get(mailing)
    assert.include(text, '1通を手紙にし、1行は')
    assert.match(text, /<td class="number">4<\/td>\s*<td>住所: 番地がありません/)
    const [page] = await pagesOf((await client.get(`${mailing}/proofs/first?as=pdf`)).body)
    for (const said of ['399-9903', '青嶺花子', '2026-12-01']) assert.include(page, said)
    const locked = Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.alloc(600)])
    for (const broken of [locked, list.subarray(0, 400)]) {
      await handInList(client, mailing, broken)
      assert.include((await client.get(mailing)).text, 'このExcelのファイルは読めません')
    }
  })

  test('are refused as a whole only for what concerns the whole list, and nothing is lost', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const mailing = await givenMailing(client)
    for (const [content, says] of [
      ['', '行がありません'],
      ['郵便番号,住所,氏名,健診日,会場\r\n', 'ありません'],
    ]) {
      const { status, text } = await handInList(client, mailing, content)
      assert.equal(status, 422)
      assert.include(text, says)
    }
    assert.equal((await client.post(`${mailing}/submission`)).status, 422)
    const rows = [
      '郵便番号,住所,氏名,健診日,会場',
      '399-9903,長野県青嶺市上久保1番地,青嶺花子,12月1日,',
      '399-9903,長野県青嶺市上久保1番地,青嶺 花子,12月2日,',
      `399-9903,長野県青嶺市上久保2番地,${'長'.repeat(41)},12月1日,`,
      `399-9903,長野県青嶺市上久保3番地,青嶺一,${'長'.repeat(10_000)},`,
      '399-9903,長野県青嶺市上久保4番地,青嶺😀,12月1日,',
      '399-9901,長野県青嶺市上久保5番地,青嶺五,12月1日,',
      '399-9903,長野県青嶺市上久保6番地,青嶺六,,公民館',
      ' , , , , ',
    ].join('\r\n')
    await handInList(client, mailing, rows)
    const { text } = await client.get(mailing)
    assert.include(text, '2通を手紙にし、')
    for (const said of [
      '2行目と同じ人です',
      '長すぎます',
      '印刷できない文字',
      '郵便番号と住所',
      '健診日',
    ])
      assert.include(text, said)
    await client.post(`${mailing}/submission`)
    // Another list takes the place of the first, also of its rows.
    await client.post(`${mailing}/return`)
    await handInList(client, mailing, listOf(2))
    assert.include((await client.get(mailing)).text, '2通を手紙にし、0行は')
    assert.lengthOf(await db.from('mailing_rows'), 2)
  })

  test('go to nobody to whom nothing is sent: asked when the list comes, when letters are made, printed, enclosed and posted', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const leader = await Visitor.loggedIn('leader')
    const stop = (name: string, kana: string) =>
      client.post('/stops', {
        kind: 'deceased',
        name,
        kana,
        birthDate: '1940-05-05',
      })
    const row = (number: number, name: string, kana: string) =>
      `399-9903,長野県青嶺市上久保${number}番地,${name},${kana},1940-05-05,12月1日,公民館`
    const list = [
      '郵便番号,住所,氏名,カナ氏名,生年月日,健診日,会場',
      row(1, '青嶺一', 'アオネイチ'),
      row(2, '青嶺二', 'アオネニ'),
      row(3, '青嶺三', 'アオネサン'),
      row(4, '青嶺四', 'アオネシ'),
      row(5, '青嶺五', 'アオネゴ'),
    ].join('\r\n')
    await stop('青嶺一', 'アオネイチ')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, list)
    const checked = (await client.get(mailing)).text
    assert.include(checked, '4通を手紙にし、1行は')
    assert.include(checked, 'お送りしないことになっている方です')
    await client.post(`${mailing}/submission`)
    await stop('青嶺二', 'アオネニ')
    await approveBy(chief, mailing, { approval_number: '1' })
    await drainFlow()
    assert.lengthOf(await db.from('replies').where('state', 'ready'), 3)
    await stop('青嶺三', 'アオネサン')
    await leader.post(`${mailing}/runs`, { dated_on: today() })
    await drainFlow()
    const run = await db.from('print_runs').firstOrFail()
    assert.equal(run.planned, 2)
    await leader.get(`/print-runs/${run.id}/pdf`)
    const sheets = await db.from('sheets').orderBy('number')
    await stop('青嶺四', 'アオネシ')
    const enclose = (code: string) => leader.post(`/print-runs/${run.id}/enclosures`, { code })
    assert.include((await enclose(sheets[0].code)).text, '送れなくなりました')
    await enclose(sheets[1].code)
    await stop('青嶺五', 'アオネゴ')
    await leader.post(`/print-runs/${run.id}/posting`)
    assert.lengthOf(await db.from('replies').where('state', 'posted'), 0)
    assert.include((await client.get(mailing)).text, '止めた')
  })

  test('are asked of the registers under whatever heading a name stands, and without its 様', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const leader = await Visitor.loggedIn('leader')
    const stop = (name: string, number: string) =>
      client.post('/stops', { kind: 'deceased', name, number })
    await stop('青嶺一', '1000000008')
    const row = (at: number, name: string) =>
      `399-9903,長野県青嶺市上久保${at}番地,${name},12月1日,公民館`
    for (const heading of ['宛名', '氏　名', 'お名前']) {
      const mailing = await givenMailing(client, { letter: { name: heading } })
      const list = [`郵便番号,住所,${heading},健診日,会場`, row(1, '青嶺　一 様'), row(2, '青嶺二')]
      await handInList(client, mailing, list.join('\r\n'))
      assert.include((await client.get(mailing)).text, '1通を手紙にし、1行は', heading)
    }
    // Of a letter to somebody else than whom its row is about, both are asked.
    const mailing = await givenMailing(client, { letter: { name: '世帯主へ' } })
    const list = [
      '郵便番号,住所,世帯主,氏名,健診日,会場',
      '399-9903,長野県青嶺市上久保3番地,青嶺一,青嶺三,12月1日,公民館',
      '399-9903,長野県青嶺市上久保4番地,青嶺四,青嶺一,12月1日,公民館',
      '399-9903,長野県青嶺市上久保5番地,青嶺五,青嶺六,12月1日,公民館',
    ]
    await handInList(client, mailing, list.join('\r\n'))
    await client.post(`${mailing}/columns`, {
      'columns[postcode]': '郵便番号',
      'columns[address]': '住所',
      'columns[name]': '世帯主',
      'columns[field:健診日]': '健診日',
      'columns[field:会場]': '会場',
    })
    await drainFlow()
    assert.include((await client.get(mailing)).text, '1通を手紙にし、2行は')
    // And again when they are printed.
    await approved(client, chief, mailing)
    await stop('青嶺五', '1000000016')
    await leader.post(`${mailing}/runs`, { dated_on: today() })
    assert.lengthOf(await db.from('print_runs'), 0)
  })

  test('are made once each, however often a worker dies', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, listOf(ROWS))
    await client.post(`${mailing}/submission`)
    await approveBy(chief, mailing, { approval_number: '1' })
    for (let deaths = 0; deaths < 2; deaths++) {
      const worker = new WorkerProcess({ DIE_AFTER: 'reply.opened' })
      try {
        assert.equal(await worker.ended(), 'SIGKILL')
      } finally {
        await worker.stop()
      }
      await timePasses()
      const made = await db.from('replies')
      assert.isAbove(made.length, 0)
      assert.isBelow(made.length, ROWS)
    }
    await drainFlow()
    const replies = await db.from('replies').where('state', 'ready').orderBy('place')
    assert.deepEqual(
      replies.map(({ place }) => place),
      Array.from({ length: ROWS }, (_place, index) => index + 1)
    )
    const rows = await db.from('mailing_rows').where('state', 'composed')
    assert.lengthOf(new Set(rows.map((row) => row.reply_id)), ROWS)
    assert.equal((await db.from('mailings').firstOrFail()).state, 'composed')
  }).timeout(120_000)

  test('are made once each by two workers of whom one has lost its claim', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, listOf(900))
    await client.post(`${mailing}/submission`)
    await approveBy(chief, mailing, { approval_number: '1' })
    const id = mailing.split('/').at(-1)!
    const first = composeMailing(id)
    // It is claimed long before its first letters are set.
    let isLost = 0
    while (isLost === 0)
      isLost = Number(
        await db.from('mailings').whereNotNull('claimed_until').update({ claimed_until: null })
      )
    await Promise.all([first, composeMailing(id)])
    assert.lengthOf(await db.from('replies'), 900)
    assert.lengthOf(await db.from('mailing_rows').where('state', 'composed'), 900)
  }).timeout(60_000)

  test('are gone after their time, and their numbers stay', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const leader = await Visitor.loggedIn('leader')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, listOf(2))
    await approved(client, chief, mailing)
    await db.from('mailings').update({ created_at: db.raw(`now() - interval '100 days'`) })
    await removeOldMailings()
    // What is to be printed stays.
    assert.lengthOf(await db.from('replies').whereNotNull('inputs'), 2)
    await leader.post(`${mailing}/runs`, { dated_on: today() })
    await drainFlow()
    const run = await db.from('print_runs').firstOrFail()
    await leader.get(`/print-runs/${run.id}/pdf`)
    for (const { code } of await db.from('sheets'))
      await leader.post(`/print-runs/${run.id}/enclosures`, { code })
    await leader.post(`/print-runs/${run.id}/posting`)
    await removeOldMailings()
    assert.lengthOf(await db.from('replies').whereNotNull('inputs'), 2)
    await db.from('print_runs').update({ posted_on: '2020-01-01' })
    await removeOldMailings()
    assert.lengthOf(await db.from('replies').whereNotNull('inputs'), 0)
    const { file, contents_removed_at: removed } = await db.from('mailings').firstOrFail()
    assert.isNull(file)
    assert.isNotNull(removed)
    assert.isNull((await db.from('print_runs').firstOrFail()).file)
    assert.lengthOf(
      await db
        .from('data_keys')
        .whereIn('purpose', ['mailing', 'reply', 'print_run'])
        .whereNull('destroyed_at'),
      0
    )
    const { text } = await client.get(mailing)
    assert.include(text, '数と日付は残っています')
    assert.include((await client.get(`${mailing}/report`)).text, '"2","発送した"')
    assert.equal((await client.get(`${mailing}/proofs/first`)).status, 404)
  })

  test('that nobody goes on with are given up, and their lists are gone', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, listOf(2))
    await removeOldMailings()
    assert.isNotNull((await db.from('mailings').firstOrFail()).file)
    await db.from('mailings').update({ created_at: db.raw(`now() - interval '100 days'`) })
    await removeOldMailings()
    const gone = await db.from('mailings').firstOrFail()
    assert.include(gone, { state: 'canceled', file: null })
  })

  test('are approved as they were looked at, not what was handed in meanwhile', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, listOf(2))
    await client.post(`${mailing}/submission`)
    const seen = /name="seen" value="(\d+)"/.exec((await chief.get(mailing)).text)![1]
    await client.post(`${mailing}/return`)
    await handInList(client, mailing, listOf(3))
    await client.post(`${mailing}/submission`)
    const refused = await approveBy(chief, mailing, { approval_number: '1', seen })
    assert.equal(refused.status, 422)
    assert.include(refused.text, '見ていた名簿と')
    assert.isNotNull((await approveBy(chief, mailing)).location)
  })

  test('can be given up while they are made, and are where that never succeeds', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, listOf(2))
    await client.post(`${mailing}/submission`)
    await approveBy(chief, mailing)
    await client.post(`${mailing}/cancellation`)
    await drainFlow()
    assert.lengthOf(await db.from('replies'), 0)
    const second = await givenMailing(client, { letter: { name: '別' } })
    await handInList(client, second, listOf(2))
    await client.post(`${second}/submission`)
    await approveBy(chief, second)
    // As often as a worker may come down with it.
    await db.from('mailings').where('state', 'composing').update({ attempts: 5 })
    await drainFlow()
    assert.include((await client.get(second)).text, '手紙を作れなかったので')
    const { state } = await db.from('mailings').orderBy('number', 'desc').firstOrFail()
    assert.equal(state, 'canceled')
    assert.lengthOf(await db.from('replies'), 0)
  })

  test('are given up also where only those after the first can’t be made', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, listOf(450))
    await client.post(`${mailing}/submission`)
    await approveBy(chief, mailing)
    const id = mailing.split('/').at(-1)!
    // The first part was made; what is to be made of the others nobody prints.
    await db.from('mailing_rows').where('row', '<=', 401).update({ state: 'composed' })
    await db.from('mailings').update({ product: 'slip' })
    for (let attempts = 0; attempts < 6; attempts++) await composeMailing(id).catch(() => {})
    assert.equal((await db.from('mailings').firstOrFail()).state, 'canceled')
  })

  test('never hold My Numbers: such a list is not kept, nor such a letter', async ({ assert }) => {
    const client = await Visitor.loggedIn('kenko')
    const mailing = await givenMailing(client)
    const headings = ['郵便番号', '住所', '氏名', '健診日', '個人番号']
    const row = ['3999903', '長野県青嶺市上久保1番地', '青嶺花子', '12月1日', '123456789018']
    const refused = await handInList(client, mailing, [headings, row].join('\r\n'))
    assert.equal(refused.status, 422)
    assert.include(refused.text, 'マイナンバーは、この仕組みでは受け取れません')
    assert.isNull((await db.from('mailings').firstOrFail()).file)
    await handInList(client, mailing, workbook([headings, row]))
    assert.include((await client.get(mailing)).text, 'マイナンバーは、この仕組みでは受け取れません')
    assert.isNull((await db.from('mailings').firstOrFail()).file)
    assert.lengthOf(await db.from('mailing_rows'), 0)
    const letter = await client.post('/letter-templates', {
      ...LETTER,
      name: '番号',
      paragraphs: '{氏名} 様 {マイナンバー}',
      optional: '',
    })
    assert.equal(letter.status, 422)
    assert.include(letter.text, 'マイナンバーは、この仕組みでは扱いません')
  })

  test('can be taken back, sent back and canceled, until they are in a print run', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const mailing = await givenMailing(client)
    await handInList(client, mailing, listOf(2))
    await client.post(`${mailing}/submission`)
    await chief.post(`${mailing}/return`, { why: '会場がちがいます' })
    assert.include((await client.get(mailing)).text, '差しもどされました: 会場がちがいます')
    assert.equal((await approveBy(chief, mailing, { approval_number: '1' })).status, 422)
    await approved(client, chief, mailing)
    await client.post(`${mailing}/cancellation`)
    assert.lengthOf(await db.from('replies').where('state', 'canceled'), 2)
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`${mailing}/runs`, { dated_on: today() })
    assert.lengthOf(await db.from('print_runs'), 0)
    const second = await givenMailing(client, { letter: { name: '別' } })
    await handInList(client, second, listOf(2))
    await approved(client, chief, second)
    // Answers to residents aren't mixed in, nor are these taken for such.
    assert.notInclude((await leader.get('/print-runs')).text, 'name="request_key"')
    const { client_id: clientId } = await db.from('mailings').firstOrFail()
    await leader.post('/print-runs', { client_id: clientId, request_key: newId() })
    assert.lengthOf(await db.from('print_runs'), 0)
    await leader.post(`${second}/runs`, { dated_on: today() })
    assert.include((await client.post(`${second}/cancellation`)).text, '1通ずつ抜いて')
  })

  test('bear the number that the approval gives, where their template wants one', async ({
    assert,
  }) => {
    const client = await Visitor.loggedIn('kenko')
    const chief = await Visitor.loggedIn('kacho')
    const mailing = await givenMailing(client, { letter: { documentNumber: '青健' }, size: '22' })
    await handInList(client, mailing, listOf(1))
    await client.post(`${mailing}/submission`)
    const numbers = { approval_number: '健発123' }
    assert.equal((await approveBy(chief, mailing, numbers)).status, 422)
    await approveBy(chief, mailing, { ...numbers, document_number: '青健第77号' })
    await drainFlow()
    const leader = await Visitor.loggedIn('leader')
    await leader.post(`${mailing}/runs`, { dated_on: today() })
    await drainFlow()
    const run = await db.from('print_runs').firstOrFail()
    const [page] = await pagesOf((await leader.get(`/print-runs/${run.id}/pdf`)).body)
    assert.include(page, '青健第77号')
  })
})
