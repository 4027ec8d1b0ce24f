/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { drainFlow } from '#app/flow/sweeper'
import { planPrintRun } from '#app/replies/print_runs/plan_print_run'
import { markPrinted } from '#app/replies/print_runs/mark_printed'
import { newId } from '#app/core/ids'
import { transition } from '#app/core/transition'
import { today } from '#app/core/clock'
import { Screens } from '#tests/support/chromium'
import { givenKeyed, person } from '#tests/support/given'
import { reset } from '#tests/support/reset'

test.group('Enclosing', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  /** A printed run of letters, with the codes on them. */
  async function printedRun(count: number): Promise<{ id: string; codes: string[] }> {
    for (let index = 0; index < count; index++)
      await givenKeyed({ voucher_number: `411111111${index}`, name: '小林 誠' })
    const leader = await person('leader')
    const { client_id: clientId } = await db.from('replies').firstOrFail()
    const planned = await planPrintRun(leader, clientId, newId(), {
      product: 'letter',
      documentNumbers: ['8青健第412号'],
      datedOn: today(),
    })
    if (!planned.ok) throw new Error(planned.reason)
    await drainFlow()
    await markPrinted(leader, planned.run.id)
    const sheets: { code: string }[] = await db.from('sheets').orderBy('number').select('code')
    return { id: planned.run.id, codes: sheets.map(({ code }) => `HWS/${code}`) }
  }

  test('takes code after code while the page stays, red where one is wrong', async ({ assert }) => {
    const { id, codes } = await printedRun(3)
    const page = await screens.of('admin')
    await page.goto('/work')
    await page.locator('tr', { hasText: '封入' }).getByRole('button').click()
    await page.waitForURL(/assignments/)
    await page.evaluate(() => Object.assign(window, { stays: true }))
    const scan = async (code: string, says: string) => {
      await page.keyboard.insertText(code)
      await page.keyboard.press('Enter')
      await page.getByRole('alert').getByText(says).waitFor()
    }
    // A lost line loses no code.
    await page.route('**/result', (route) => route.abort())
    await page.keyboard.insertText(codes[0])
    await page.keyboard.press('Enter')
    await page.locator('[data-line-lost]:not([hidden])').waitFor()
    await page.unroute('**/result')
    await page.getByRole('alert').getByText('残り 2 通').waitFor()
    assert.isTrue(await page.locator('[data-line-lost]').isHidden())
    await scan('HWS/XXXXXXXX', '封筒に入れないでください')
    assert.equal(await page.locator('.scanned.bad').count(), 1)
    // The scanner is quicker than the answer: the next waits for it, and none is lost.
    const { promise, resolve: answer } = Promise.withResolvers<void>()
    await page.route('**/result', (route) => promise.then(() => route.continue()))
    await page.evaluate(() => {
      const ask = window.fetch
      Object.assign(window, { asked: 0 })
      window.fetch = (url, init) => {
        if (String(url).endsWith('/result')) (window as unknown as { asked: number }).asked++
        return ask(url, init)
      }
    })
    for (const code of codes.slice(1)) {
      await page.keyboard.insertText(code)
      await page.keyboard.press('Enter')
    }
    assert.isTrue(await page.evaluate(() => 'stays' in window))
    assert.equal(await page.evaluate(() => (window as unknown as { asked: number }).asked), 1)
    answer()
    await page.waitForURL(new RegExp(`print-runs/${id}`))
    assert.lengthOf(await db.from('sheets').where('state', 'enclosed'), 3)
    await page.locator('form[action$="/posting"] button').click()
    await page.locator('.state.good').first().waitFor()
    assert.isEmpty(screens.scriptErrors)
  })

  test('on the run’s own page leads to the post with the last', async ({ assert }) => {
    const { id, codes } = await printedRun(2)
    const page = await screens.of('admin')
    await page.goto(`/print-runs/${id}`)
    await page.evaluate(() => Object.assign(window, { stays: true }))
    await page.fill('#code', codes[0])
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('残り 1 通').waitFor()
    // Others' work doesn't wipe what was said of it.
    const refreshed = page.waitForResponse((answer) => 'x-live' in answer.request().headers())
    await transition(async (t) => t.announce(`print-runs/${id}`))
    await refreshed
    await page.evaluate(() => new Promise(requestAnimationFrame))
    assert.isTrue(await page.getByRole('alert').getByText('残り 1 通').isVisible())
    assert.equal(await page.locator('tbody .state.good').count(), 1)
    await page.locator('#code').focus()
    await page.keyboard.insertText(codes[1])
    await page.keyboard.press('Enter')
    await page.locator('form[action$="/posting"] button').waitFor()
    assert.isTrue(await page.evaluate(() => 'stays' in window))
    assert.isTrue(
      await page.evaluate(() => document.activeElement?.matches('[action$="/posting"] *'))
    )
  })
})
