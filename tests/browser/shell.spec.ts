/// <reference lib="dom" />
import { test } from '@japa/runner'
import { navigation } from '#app/people/navigation'
import User from '#app/people/user'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'

const FURTHER = [
  '/people/new',
  '/work/accuracy',
  '/work/hours',
  '/people/import',
  '/roles/new',
  '/account',
  '/password',
  '/start',
  '/postcodes',
  '/residents',
  '/work/open',
  '/batches/new',
  '/work-kinds',
  '/work-kinds/new',
  '/teams',
  '/teams/new',
  '/letter-templates/new',
  '/mail/inbox',
  '/work/packs',
  '/work/recent',
  '/work/log',
  '/work/approvals',
  '/components',
]

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

  test('fits phones and desks with larger type, which goes with its person', async ({ assert }) => {
    const page = await screens.of('admin')
    const size = () =>
      page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))
    const before = await size()
    await page.click('.person summary')
    await page.click('button[name=type_size]')
    await page.waitForSelector('html[data-type=large]')
    const other = await screens.of('admin')
    const { origin } = new URL(other.url())
    for (const path of [...navigation.all().map(({ name }) => name), ...FURTHER]) {
      await other.goto(`${origin}${path}`)
      for (const width of [390, 1280]) {
        await other.setViewportSize({ width, height: 844 })
        const wider = await other.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        assert.isAtMost(wider, 0, `${path} is wider than ${width} px`)
      }
    }
    assert.isAbove(await size(), before * 1.2)
    await page.click('.person summary')
    await page.click('button[name=type_size]')
    await page.waitForSelector('html[data-type=normal]')
  })

  test('the way back stands in the same place on every screen below the menu', async ({
    assert,
  }) => {
    const page = await screens.of('admin')
    const above = () =>
      page
        .locator('main > .above a')
        .evaluateAll((all) => all.map((one) => one.getAttribute('href')))
    for (const [path, leads] of [
      ['/people/new', '/people'],
      ['/calendars/new', '/calendars'],
      ['/consents', '/operators'],
      ['/postcodes', '/settings'],
      ['/bus-stops', '/calendars'],
      ['/residents', '/disclosures'],
    ]) {
      await page.goto(path)
      assert.deepEqual(await above(), [leads], path)
      assert.equal(await page.getAttribute('.rail [aria-current]', 'href'), leads)
    }
    await page.goto('/people')
    assert.isEmpty(await above())
    // Who may not open what lies above isn't led there.
    const operator = await screens.of('operator1')
    await operator.goto(new URL('/account', operator.url()).href)
    assert.equal(await operator.locator('main > .above').count(), 0)
  })

  test('a list sorts at its headings, and a row is one target', async ({ assert }) => {
    const page = await screens.of('admin')
    await page.goto('/people')
    const names = () => page.locator('main tbody tr td:first-child').allInnerTexts()
    const before = await names()
    await page.click('main thead button.sort >> nth=0')
    const up = await names()
    assert.sameMembers(up, before)
    assert.equal(
      await page.getAttribute('main thead th:has(button.sort) >> nth=0', 'aria-sort'),
      'ascending'
    )
    await page.click('main thead button.sort >> nth=0')
    assert.deepEqual(await names(), [...up].reverse())
    assert.notDeepEqual(await names(), up)
    const box = (await page.locator('main tbody tr').first().boundingBox())!
    const href = await page.getAttribute('main tbody tr td:first-child a >> nth=0', 'href')
    await page.mouse.click(box.x + box.width - 8, box.y + box.height / 2)
    await page.waitForURL((url) => url.pathname === href)
  })

  test('a file field says what to do, and what was chosen', async ({ assert }) => {
    const page = await screens.of('admin')
    await page.goto('/people/import')
    assert.include(await page.innerText('.file'), 'ファイルをえらぶ')
    await page.setInputFiles('input[type=file]', {
      name: '名簿.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('氏名\n'),
    })
    assert.include(await page.innerText('.file'), '名簿.csv (1 KB)')
    assert.deepEqual(screens.scriptErrors, [])
  })
})
