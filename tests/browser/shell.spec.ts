/// <reference lib="dom" />
import { test } from '@japa/runner'
import { navigation } from '#app/people/navigation'
import User from '#app/people/user'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'

const FURTHER = ['/people/new', '/people/import', '/roles/new', '/account', '/password', '/start']

test.group('Every screen of the menu', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  for (const locale of ['ja', 'en'] as const)
    test(`fits a phone, and has all its words: ${locale}`, async ({ assert }) => {
      await User.query().where('login', 'admin').update({ locale })
      const page = await screens.of('admin')
      const origin = new URL(page.url()).origin
      await page.setViewportSize({ width: 390, height: 844 })
      for (const path of [...navigation.all().map(({ name }) => name), ...FURTHER]) {
        await page.goto(`${origin}${path}`)
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.isAtMost(wider, 0, `${path} is wider than the screen`)
        assert.notInclude(await page.innerText('body'), 'translation missing', path)
      }
      assert.deepEqual(screens.scriptErrors, [])
    })
})
