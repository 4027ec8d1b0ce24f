import { test } from '@japa/runner'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'

test.group('Consents', (group) => {
  let screens: Screens
  group.each.setup(reset)
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })

  test('find one of three hundred by name, and keep who was ticked before', async ({ assert }) => {
    const page = await screens.of('admin')
    await page.goto('/consents')
    const names = () => page.locator('[data-filter-choices] label:visible').allTextContents()
    const all = await names()
    const [first, last] = [all[0].trim(), all.at(-1)!.trim()]
    await page.check(`[data-filter-choices] label:has-text("${first}") input`)
    const field = page.locator('[data-filter-choices] input[type=search]')
    await field.fill(last)
    assert.deepEqual(
      (await names()).map((name) => name.trim()),
      [last]
    )
    // Enter narrows; it keeps no consent.
    await field.press('Enter')
    await page.check(`[data-filter-choices] label:has-text("${last}") input`)
    assert.include(await page.textContent('[data-filter-choices] output'), `2 / ${all.length}`)
    await field.fill('')
    assert.equal((await names()).length, all.length)
    assert.deepEqual(screens.scriptErrors, [])
  })
})
