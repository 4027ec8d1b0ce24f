import { test } from '@japa/runner'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'
test.group('shot', (group) => {
  group.each.setup(reset)
  test('x', async () => {
    const screens = await Screens.open()
    const page = await screens.of('admin')
    for (const [n, p] of [['services','/services'],['people','/people/import'],['today','/today'],['calendars','/calendars'],['operators','/operators'],['roles','/roles'],['register','/register'],['calnew','/calendars/new']])
      for (const w of [1280, 390]) {
        await page.setViewportSize({ width: w, height: 900 })
        await page.goto(p)
        await page.screenshot({ path: `/tmp/s_${n}_${w}.png`, fullPage: w === 1280 && n !== 'calendars' })
      }
    await screens.close()
  }).timeout(120_000)
})
