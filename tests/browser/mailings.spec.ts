/// <reference lib="dom" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { listOf } from '#tests/support/given_mailing'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'

test.group('A mailing', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  test('goes from a department’s template and list to posted letters, of which one comes back', async ({
    assert,
  }) => {
    const client = await screens.of('kenko')
    await client.goto('/letter-templates')
    await client.getByRole('link', { name: 'これをもとに作る' }).first().click()
    await client.locator('img[data-previewed]:not([hidden])').waitFor()
    const before = await client.locator('img[data-previewed]').getAttribute('src')
    // A picture that the page may not show has no width.
    await client.waitForFunction(
      () => document.querySelector<HTMLImageElement>('img[data-previewed]')!.naturalWidth > 300
    )
    await client.fill('#paragraphs', '{氏名} 様\n会場は {会場} です。健診日は {健診日} です。')
    // It is drawn anew without a click.
    await client.waitForFunction(
      (src) => document.querySelector<HTMLImageElement>('img[data-previewed]')?.src !== src,
      before
    )
    for (const [field, text] of [
      ['#highlight', ''],
      ['#items', ''],
      ['#lead', ''],
      ['#optional', ''],
    ])
      await client.fill(field, text)
    await client.getByRole('button', { name: '保存する' }).click()
    await client.getByText('保存しました').waitFor()

    await client.goto('/orders/new')
    await client.fill('#title', '特定健診')
    await client.selectOption('#direction', 'to_paper')
    await client.fill('#due_on', addDays(today(), 20))
    await client.locator('main form button.main').click()
    await client.getByRole('link', { name: '名簿から手紙を出す' }).click()
    await client.selectOption('#size', '22')
    await client.getByRole('button', { name: '次へ: 名簿を渡す' }).click()
    await client.waitForURL(/\/mailings\/[0-9a-f-]{36}$/)
    const mailing = new URL(client.url()).pathname
    const buffer = Buffer.from(listOf(3))
    await client.setInputFiles('#file', { name: 'list.csv', mimeType: 'text/csv', buffer })
    await client.getByRole('button', { name: '渡す', exact: true }).click()
    await client.getByText('名簿を確かめています').waitFor()
    await drainFlow()
    await client.goto(mailing)
    await client.locator('.proofs img').first().waitFor()
    await client.getByRole('button', { name: '承認をたのむ' }).click()
    await client.getByText('承認できるのは、発注者のほかの人です').waitFor()

    const chief = await screens.of('kacho')
    await chief.goto(mailing)
    await chief.fill('#approval_number', '健発123')
    await chief.getByRole('button', { name: '承認する' }).click()
    await chief.getByText('承認しました').first().waitFor()
    await drainFlow()

    const leader = await screens.of('leader')
    await leader.goto(mailing)
    await leader.getByRole('button', { name: '3通を印刷ロットにする' }).click()
    await leader.getByText('印刷ロットにしました').waitFor()
    await drainFlow()
    const { id } = await db.from('print_runs').firstOrFail()
    await leader.goto(`/print-runs/${id}`)
    const pdf = await leader.request.get(`/print-runs/${id}/pdf`)
    assert.equal(pdf.headers()['content-type'], 'application/pdf')
    const sheets: { code: string }[] = await db.from('sheets').orderBy('number').select('code')
    await leader.goto(`/print-runs/${id}`)
    for (const [index, { code }] of sheets.entries()) {
      await leader.locator('#code').focus()
      await leader.keyboard.insertText(code)
      await leader.keyboard.press('Enter')
      await leader
        .locator('.cards li', { hasText: new RegExp(`^\\s*${index + 1}\\s*封入`) })
        .waitFor()
    }
    await leader.getByRole('button', { name: /3\s*通/ }).click()
    await leader.locator('.cards li', { hasText: /^\s*3\s*投函/ }).waitFor()

    await leader.goto('/returned-mail')
    await leader.getByLabel('転居先がわからない').check()
    await leader.locator('#code').focus()
    await leader.keyboard.insertText(`HWS/${sheets[1].code}`)
    await leader.keyboard.press('Enter')
    await leader.getByRole('alert').getByText('戻ったことにしました').waitFor()
    // The reason stays for the next.
    assert.isTrue(await leader.getByLabel('転居先がわからない').isChecked())

    await client.goto(mailing)
    const cards = await client.locator('.cards').first().textContent()
    assert.match(cards!.replace(/\s/g, ''), /2発送した1戻ってきた/)
  })
})
