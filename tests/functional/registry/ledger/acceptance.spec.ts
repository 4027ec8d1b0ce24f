import iconv from 'iconv-lite'
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { keepStop } from '#app/registry/keep_stop'
import { rotateLedger } from '#app/registry/ledger/rotate_ledger'
import { factsOf } from '#app/clients/submission_facts'
import type { Letter } from '#app/replies/letter'
import { letterSealContext } from '#app/replies/letter_seal_context'
import { latestValuesOf } from '#app/submissions/revision_values'
import Submission from '#app/submissions/submission'
import { setClock, today } from '#app/core/clock'
import { openSealer } from '#app/core/sealing'
import { person } from '#tests/support/given'
import { DONATION, givenDonation, onestop, YEAR } from '#tests/support/given_donation'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const HEADINGS = '寄附管理番号,氏名,住所,寄附日,寄附額'

async function bringLedger(visitor: Visitor, text: string) {
  const { service } = await onestop()
  await visitor.get('/ledger')
  const form = new FormData()
  form.set('service_id', service.id)
  form.set('file', new Blob([new Uint8Array(iconv.encode(text, 'cp932'))]), 'ledger.csv')
  const answer = await visitor.post('/ledger', form)
  await drainFlow()
  return visitor.get(answer.location!)
}

function ledger(amount: string): string {
  const { reference, name, address, donated_on: donatedOn } = DONATION
  return `${HEADINGS}\r\n"${reference}","${name.replace(' ', '')}","長野県${address}","${donatedOn.replaceAll('-', '/')}","${amount}"\r\n`
}

async function letterOf(kind: string): Promise<Letter> {
  const reply = await db.from('replies').where('kind', kind).firstOrFail()
  const sealer = await openSealer(reply.data_key_id)
  return sealer.openJson<Letter>(letterSealContext(reply.id), reply.inputs)
}

test.group('Accepting what came in', (group) => {
  group.each.setup(reset)
  // The gift of January is past then, and next January's deadline still to come.
  group.each.setup(() => setClock(`${YEAR}-06-15T10:00:00+09:00`))

  test('shows only what differs from the ledger, and to nobody else', async ({ assert }) => {
    const kifu = await Visitor.loggedIn('kifu')
    assert.include((await bringLedger(kifu, ledger('15000'))).text, '新しい 1件')
    assert.include((await bringLedger(kifu, ledger('15000'))).text, '同じ 1件')
    const check = await givenDonation()
    const { version } = await onestop()
    assert.deepEqual(check.differing, ['amount'])
    const shown = (await kifu.get(`/checks/${check.id}`)).text
    assert.include(shown, version.field('amount').label.ja)
    assert.include(shown, '15,000')
    assert.notInclude(shown, '/snippets/name')
    const other = await Visitor.loggedIn('kenko')
    assert.equal((await other.get(`/checks/${check.id}`)).status, 404)
    const theirs = (await other.get('/checks')).text
    assert.notInclude(theirs, check.id)
    assert.include(theirs, '待っているものはありません')
    assert.include((await kifu.get('/checks?state=incomplete')).text, '不備のあるものはありません')
  }).timeout(180_000)

  test('goes from incomplete, with a letter that says by when, to accepted', async ({ assert }) => {
    const kifu = await Visitor.loggedIn('kifu')
    await bringLedger(kifu, ledger('10000'))
    const check = await givenDonation()
    assert.deepEqual([check.inLedger, check.differing], [true, []])
    await kifu.get(`/checks/${check.id}`)
    const path = `/checks/${check.id}`
    const unsaid = await kifu.post(path, { accept: 'true' })
    assert.equal(unsaid.status, 422)
    assert.include(unsaid.text, '書類の種類')
    const nothing = await kifu.post(path, {})
    assert.include(nothing.text, 'どちらか一方')
    const both = await kifu.post(path, { 'accept': 'true', 'faults[0]': 'no_identity' })
    assert.equal(both.status, 422)

    const asked = await kifu.post(path, { 'faults[0]': 'no_identity' })
    assert.equal(asked.status, 302)
    await drainFlow()
    const letter = await letterOf('incomplete')
    assert.include(
      letter.text.paragraphs.join(),
      '身元を確認する書類の写しが、入っていませんでした'
    )
    assert.include(letter.text.highlight, `令和${Number(YEAR) - 2017}年1月10日`)
    assert.equal((await Submission.firstOrFail()).state, 'replying')

    const papers = { 'papers[number_paper]': 'card', 'papers[identity_paper]': 'licence' }
    await kifu.get('/checks?state=incomplete')
    await kifu.post(path, { accept: 'true', ...papers })
    await drainFlow()
    const submission = await Submission.firstOrFail()
    const replies = await db.from('replies').orderBy('created_at').select('kind', 'state')
    assert.deepEqual(replies, [
      { kind: 'incomplete', state: 'canceled' },
      { kind: 'received', state: 'ready' },
    ])
    const facts = await factsOf([submission], await latestValuesOf([submission]))
    assert.containsSubset(facts.get(submission.id), {
      '@decision': '受付',
      '@in_ledger': '1',
      '@faults': 'no_identity',
      '@resolved_on': today(),
      '@city': '青嶺市',
      'paper:identity_paper': '運転免許証',
    })
    assert.equal((await kifu.post(path, { accept: 'true', ...papers })).status, 422)
  }).timeout(180_000)

  test('goes on for papers of somebody who has died', async ({ assert }) => {
    const kifu = await Visitor.loggedIn('kifu')
    await bringLedger(kifu, ledger('10000'))
    const check = await givenDonation()
    const path = `/checks/${check.id}`
    await kifu.get(path)
    await kifu.post(path, { 'faults[0]': 'no_identity' })
    await drainFlow()
    const { service } = await onestop()
    const submission = await Submission.firstOrFail()
    const values = (await latestValuesOf([submission])).get(submission.id)!
    const text = (field: string) => values.get(field)!.value
    const kept = await keepStop(await person('kifu'), {
      clientId: service.clientId,
      kind: 'deceased',
      person: { kana: text('name_kana'), birthDate: text('birth_date') },
      until: null,
      mayCall: false,
    })
    assert.isTrue(kept.ok)
    await drainFlow()
    assert.equal((await db.from('handovers').firstOrFail()).state, 'refused')
    const papers = { 'papers[number_paper]': 'card', 'papers[identity_paper]': 'licence' }
    const accepted = await kifu.post(path, { accept: 'true', ...papers })
    assert.equal(accepted.status, 302)
    assert.equal((await db.from('handovers').firstOrFail()).state, 'done')
  }).timeout(180_000)

  test('isn’t accepted while a mark is missing that is needed', async ({ assert }) => {
    const kifu = await Visitor.loggedIn('kifu')
    await bringLedger(kifu, ledger('10000'))
    const check = await givenDonation(today(), 'one')
    const path = `/checks/${check.id}`
    assert.include((await kifu.get(path)).text, 'しるしがありません: ② 寄附先は5市町村まで')
    const papers = { 'papers[number_paper]': 'card', 'papers[identity_paper]': 'licence' }
    const refused = await kifu.post(path, { accept: 'true', ...papers })
    assert.equal(refused.status, 422)
    assert.include(refused.text, '要るしるしがないので、受け付けられません')
    assert.equal((await kifu.post(path, { 'faults[0]': 'no_marks' })).status, 302)
    await check.refresh()
    assert.equal(check.state, 'incomplete')
  }).timeout(180_000)

  test('sends a letter for every decision, also when something else is lacking then', async ({
    assert,
  }) => {
    const kifu = await Visitor.loggedIn('kifu')
    const check = await givenDonation()
    assert.isFalse(check.inLedger)
    await bringLedger(kifu, ledger('10000'))
    await check.refresh()
    assert.isTrue(check.inLedger)
    await kifu.get(`/checks/${check.id}`)
    await kifu.post(`/checks/${check.id}`, { 'faults[0]': 'no_identity' })
    await drainFlow()
    await kifu.get('/checks?state=incomplete')
    await kifu.post(`/checks/${check.id}`, { 'faults[0]': 'dark_copy' })
    await drainFlow()
    const replies = await db.from('replies').orderBy('created_at').select('kind', 'state')
    assert.deepEqual(replies, [
      { kind: 'incomplete', state: 'canceled' },
      { kind: 'incomplete', state: 'ready' },
    ])
  }).timeout(180_000)

  test('tells who came after the deadline what remains', async ({ assert }) => {
    DONATION.donated_on = `${Number(YEAR) - 2}-05-03`
    try {
      await assert.rejects(() => givenDonation(), /not found/i)
      await drainFlow()
      assert.include((await letterOf('late')).text.highlight, '確定申告')
      assert.lengthOf(await db.from('acceptance_checks'), 0)
    } finally {
      DONATION.donated_on = `${YEAR}-01-05`
    }
  }).timeout(180_000)

  test('refuses a ledger that isn’t one, and says which rows it left out', async ({ assert }) => {
    const kifu = await Visitor.loggedIn('kifu')
    const lacking = await bringLedger(kifu, '氏名,住所\r\n山田,青嶺市\r\n')
    assert.include(lacking.text, '寄附管理番号、寄附日、寄附額')
    const wrong = `${ledger('10000')}"","佐藤","青嶺市","2026/13/45","x"\r\n`
    const taken = await bringLedger(kifu, wrong)
    assert.include(taken.text, '1行は入れませんでした')
    assert.include(taken.text, '3行目')
    assert.equal(await rotateLedger(), 1)
    assert.include((await bringLedger(kifu, ledger('10000'))).text, '同じ 1件')
    const row = await db.from('ledger_rows').firstOrFail()
    assert.notInclude(row.values.toString('utf8'), '山田')

    const { service } = await onestop()
    const other = await Visitor.loggedIn('kenko')
    await other.get('/ledger')
    const theirs = await other.post('/ledger/removal', { service_id: service.id })
    assert.equal(theirs.status, 404)
    await kifu.get('/ledger')
    await kifu.post('/ledger/removal', { service_id: service.id })
    assert.lengthOf(await db.from('ledger_rows'), 0)
    const key = await db.from('data_keys').where('id', row.data_key_id).firstOrFail()
    assert.isNull(key.wrapped)
  })
})
