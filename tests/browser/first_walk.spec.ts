/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type ServiceVersion from '#app/catalog/service_version'
import { typed } from '#app/catalog/field_values'
import { asPdf } from '#app/samples/make_sample'
import { sample, vaccination } from '#tests/support/given'
import { Screens, keyScreen } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'
import { WorkerProcess, timePasses } from '#tests/support/worker_process'

/** As a keyer types it. */
function asTyped(version: ServiceVersion, values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typed(version.field(key), value)])
  )
}

test.group('The first walk', (group) => {
  group.each.setup(reset)

  test('a posted form becomes a letter, by screen and keyboard', async ({ assert, cleanup }) => {
    const worker = new WorkerProcess()
    const screens = await Screens.open()
    cleanup(async () => {
      await screens.close()
      await worker.stop()
    })
    const { version } = await vaccination()
    const { pages, values } = await sample(61, { watchword: 'あさがお' })

    // Intake: drop the scan, watch the bar, read the receipt number.
    const desk = await screens.of('madoguchi')
    await desk.goto('/scans')
    await desk.setInputFiles('#files', {
      name: 'form.pdf',
      mimeType: 'application/pdf',
      buffer: await asPdf(pages),
    })
    await desk.waitForURL(/\/scans\/.+/)
    const receipt = await desk.locator('[data-receipt]').first().innerText({ timeout: 60_000 })
    assert.match(receipt, /^[ぁ-ん]+-\d{4}$/)
    await desk.waitForFunction(() => document.querySelector('progress')?.value === 100)

    // Keying: two people, keyboard only; the second one misspells the name.
    for (const login of ['operator1', 'operator2']) {
      const operator = await screens.of(login)
      await operator.waitForSelector('button[data-key=n]')
      await operator.keyboard.press('n')
      await operator.waitForURL(/assignments/)
      for (let task = 0; task < 5; task++) {
        const width: number = await operator
          .locator('.snippet img')
          .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))
        assert.isTrue(width > 1000)
        const wrong: Record<string, string> = login === 'operator2' ? { name: '間違 太郎' } : {}
        await keyScreen(operator, { ...asTyped(version, values), ...wrong })
      }
      assert.equal(new URL(operator.url()).pathname, '/work')
    }

    await timePasses()
    // The leader decides with the snippet in view.
    const leader = await screens.of('leader')
    for (let tries = 0; tries < 40 && (await leader.getByText(receipt).count()) === 0; tries++) {
      await leader.waitForTimeout(250)
      await leader.reload()
    }
    await leader.getByRole('row', { name: receipt }).getByRole('button').click()
    await leader.waitForURL(/assignments/)
    assert.isTrue(await leader.locator('.snippet img').isVisible())
    await leader.locator('label', { hasText: values.name }).first().click()
    await leader.click('button[data-main]')
    await leader.waitForURL(/\/work$/)

    // Booking and letter.
    const admin = await screens.of('admin')
    await admin.goto('/print-runs')
    for (
      let tries = 0;
      tries < 40 && (await admin.locator('form[action="/print-runs"]').count()) === 0;
      tries++
    ) {
      await admin.waitForTimeout(250)
      await admin.reload()
    }
    await admin.fill('form[action="/print-runs"] textarea', '8青健第412号')
    await admin.click('form[action="/print-runs"] button')
    await admin.waitForURL(/print-runs\/.+/)
    const run = admin.url()
    await admin.locator(`a[href$="/pdf"]`).waitFor({ timeout: 30_000 })
    const pdf = await admin.request.get(`${run}/pdf`)
    assert.equal(pdf.headers()['content-type'], 'application/pdf')
    // The code field is there with the PDF; nobody loads the page anew.
    await admin.locator('#code').waitFor()
    await admin.waitForFunction(() => document.activeElement?.id === 'code')
    const code = await admin.locator('tbody code').first().innerText()
    await admin.keyboard.insertText(`HWS/${code}`)
    await admin.keyboard.press('Enter')
    await admin.getByRole('alert').waitFor()
    // The load that is waited for next is that of the posting.
    await admin.waitForLoadState('load')
    await Promise.all([
      admin.waitForEvent('load'),
      admin.locator('form[action$="/posting"] button').click(),
    ])
    await admin.locator('.state.good').first().waitFor()

    // The timeline tells every step.
    await admin.goto('/submissions')
    await admin.fill('#q', values.name_kana)
    await Promise.all([admin.waitForURL(/submissions\/.+/), admin.keyboard.press('Enter')])
    assert.notInclude(admin.url(), encodeURIComponent(values.name_kana))
    for (
      let tries = 0;
      tries < 40 && !(await admin.locator('.timeline').innerText()).includes('完了しました');
      tries++
    ) {
      await admin.waitForTimeout(250)
      await admin.reload()
    }
    const timeline = await admin.locator('.timeline').innerText()
    for (const step of [
      '受け付けました',
      '入力しました',
      '裁定しました',
      '値が確定しました',
      '予約をとりました',
      '封入しました',
      '投函しました',
      '完了しました',
    ]) {
      assert.include(timeline, step)
    }
    assert.include(await admin.locator('main').innerText(), 'リーダーの裁定')

    // The client sees its own, and takes the values away.
    const client = await screens.of('kenko')
    await client.goto('/submissions')
    assert.include(await client.locator('tbody').innerText(), receipt)
    await client.locator('main').getByText('書き出し', { exact: true }).click()
    await client.selectOption('#encoding', 'cp932')
    await client.click('main form button.main')
    await client.locator('a[download]').waitFor()
    const [download] = await Promise.all([
      client.waitForEvent('download'),
      client.click('a[download]'),
    ])
    assert.equal(download.suggestedFilename(), 'values-windows-31j.csv')
    assert.equal((await db.from('submissions').firstOrFail()).state, 'closed')
    assert.deepEqual(screens.scriptErrors, [])
  })
})
