/// <reference lib="dom" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { newId } from '#app/core/ids'
import { givenKeyed, person, runWishes } from '#tests/support/given'
import { Screens } from '#tests/support/chromium'
import { pagesOf } from '#tests/support/pdf_text'
import { openPostOffice } from '#tests/support/post_office'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

const HARU = { kana: 'ヤマダ ハルエ', birthDate: 'S19.5.3', name: '山田 はるゑ' }

test.group('How residents want to be answered', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  test('one wants mail, tells the number at the counter, and is answered so; another wants 22 pt', async ({
    assert,
  }) => {
    const office = await openPostOffice()
    const admin = await Visitor.loggedIn('admin')
    await admin.post('/mail/server', {
      mode: 'smtp',
      host: '127.0.0.1',
      port: String(office.port),
      security: 'none',
      sender: 'center@aone.example.jp',
    })
    const desk = await screens.of('madoguchi')
    await desk.getByRole('link', { name: '返事の受けとり方' }).first().click()
    await desk.getByText('登録した方はいません').waitFor()
    await desk.selectOption('#client_id', { label: '青嶺市 健康課' })
    for (const [field, text] of Object.entries(HARU)) await desk.fill(`#${field}`, text)
    await desk.fill('#email', 'haru')
    await desk.getByRole('button', { name: '保存する' }).click()
    await desk.getByText('name@example.jp のように').waitFor()
    assert.equal(await desk.inputValue('#kana'), HARU.kana)
    await desk.fill('#email', 'haru@example.jp')
    await desk.getByRole('button', { name: '保存する' }).click()
    await desk.getByText('4けたの数字をメールで送りました').waitFor()
    await drainFlow()
    const code = /確認の数字: (\d{4})/.exec(office.mails[0].text ?? '')![1]
    await desk.getByLabel('メールの4けたの数字').fill(code)
    await desk.keyboard.press('Enter')
    await desk.getByText('次の返事からメールになります').waitFor()

    const submission = await givenKeyed()
    await drainFlow()
    assert.include(office.mails[1].text, submission.receipt)
    await desk.goto(new URL(`/submissions/${submission.id}`, desk.url()).href)
    await desk.getByRole('link', { name: /メール \(メールずみ\)/ }).click()
    await desk.getByText('山田 はるゑ 様').waitFor()
    await office.close()

    // She would rather have paper after all, and large.
    await desk.goto(new URL('/wishes', desk.url()).href)
    for (const [field, text] of Object.entries(HARU)) await desk.fill(`#${field}`, text)
    await desk.selectOption('#client_id', { label: '青嶺市 健康課' })
    await desk.getByLabel('22ポイント').check()
    await desk.getByRole('button', { name: '保存する' }).click()
    await desk.getByText('前の登録があれば').waitFor()
    const { id } = await givenKeyed()
    const planned = await planPrintRun(
      await person('admin'),
      submission.clientId,
      newId(),
      runWishes()
    )
    if (!planned.ok) throw new Error(planned.reason)
    await drainFlow()
    const leader = await Visitor.loggedIn('leader')
    const pdf = await leader.get(`/print-runs/${planned.run.id}/pdf`)
    assert.include((await pagesOf(pdf.body)).join(''), '山田はるゑ様')
    const sheet = await db
      .from('reply_submissions')
      .join('sheets', 'sheets.reply_id', 'reply_submissions.reply_id')
      .where('submission_id', id)
      .first()
    assert.isNotNull(sheet)
    assert.deepEqual(screens.scriptErrors, [])
  }).timeout(120_000)
})
