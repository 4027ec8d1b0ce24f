/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { givenSubmission } from '#tests/support/given'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'

test.group('The keying screen', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  async function firstTask() {
    await givenSubmission()
    const page = await screens.of('operator1')
    await page.keyboard.press('n')
    await page.waitForURL(/assignments/)
    return page
  }

  test('the Enter that ends an IME conversion neither moves nor saves', async ({ assert }) => {
    const page = await firstTask()
    const ime = await page.context().newCDPSession(page)
    const first = await page.evaluate(() => document.activeElement?.id)
    await ime.send('Input.imeSetComposition', {
      text: 'やまだ',
      selectionStart: 3,
      selectionEnd: 3,
    })
    await page.evaluate(() => {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'Enter',
          isComposing: true,
          keyCode: 229,
          bubbles: true,
          cancelable: true,
        })
      )
    })
    assert.equal(await page.evaluate(() => document.activeElement?.id), first)
    await ime.send('Input.insertText', { text: 'ヤマダ' })
    await page.keyboard.press('Enter')
    assert.notEqual(await page.evaluate(() => document.activeElement?.id), first)
    assert.lengthOf(await db.from('entries'), 0)
  })

  test('F8 puts ● where a character can’t be read', async ({ assert }) => {
    const page = await firstTask()
    await page.keyboard.insertText('ヤマ')
    await page.keyboard.press('F8')
    assert.equal(await page.inputValue('#name_kana'), 'ヤマ●')
  })

  test('a double click, the back button and a second tab enter nothing twice', async ({
    assert,
  }) => {
    const page = await firstTask()
    const second = await page.context().newPage()
    await second.goto(page.url())
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await page.fill('#name', '山田 はるゑ')
    await page.dblclick('button[data-main]')
    await page.waitForURL((url) => url.href !== second.url())
    assert.lengthOf(await db.from('entries'), 1)

    await second.fill('#name_kana', 'ヤマダ ハルエ')
    await second.fill('#name', '別人')
    await second.click('button[data-main]')
    await second.waitForLoadState()
    assert.lengthOf(await db.from('entries'), 1)

    await page.goBack()
    await page.waitForLoadState()
    assert.lengthOf(await db.from('entries'), 1)
    await page.reload()
    assert.lengthOf(await db.from('assignments').whereNull('ended_at'), 1)
  })

  test('keeps a draft without being asked', async ({ assert }) => {
    const page = await firstTask()
    await page.fill('#name_kana', 'ヤマダ')
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/draft'))
    )
    await page.reload()
    assert.lengthOf(await db.from('assignments').whereNotNull('draft'), 1)
  })

  test('fits a phone’s width, with labels on every field', async ({ assert }) => {
    const page = await firstTask()
    await page.setViewportSize({ width: 390, height: 844 })
    assert.isAtMost(await page.evaluate(() => document.documentElement.scrollWidth), 390)
    assert.equal(
      await page.locator('input[type=text]').count(),
      await page.getByRole('textbox', { name: /.+/ }).count()
    )
  })
})
