import { AxeBuilder } from '@axe-core/playwright'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import router from '@adonisjs/core/services/router'
import User from '#app/people/user'
import { Screens } from '#tests/support/chromium'
import { givenEverything } from '#tests/support/given_everything'
import { reset } from '#tests/support/reset'

/** Addresses that answer with a file, or with something that isn't a page. */
const NO_PAGES =
  /\/(paper|pdf|image|picture|registered|example|roster|slip|confirmation|file|kit|export|snippet|specification|form|letter|preview|display|ringing|session|waiting|health|__transmit)/

/** Screens without a record in their address. */
function screensWithoutIds(): string[] {
  return Object.values(router.toJSON())
    .flat()
    .filter(({ methods, pattern }) => methods.includes('GET') && !/[:*]/.test(pattern))
    .map(({ pattern }) => pattern)
    .filter((pattern) => !NO_PAGES.test(pattern) || pattern === '/health/page')
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

async function faultsOf(page: Page): Promise<string[]> {
  // No frame of another origin is in any page, so that axe runs in the page itself, and tells only what is wrong.
  const { violations } = await new AxeBuilder({ page })
    .options({ runOnly: TAGS, resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${new URL(page.url()).pathname}: ${id}: ${html.slice(0, 160)}`)
  )
}

test.group('Axe', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  for (const locale of ['ja', 'en'] as const) {
    test(`finds nothing on any screen, with little in it: ${locale}`, async ({ assert }) => {
      await User.query().where('login', 'admin').update({ locale })
      const page = await screens.of('admin')
      const faults: string[] = []
      for (const path of screensWithoutIds()) {
        await page.goto(path)
        faults.push(...(await faultsOf(page)))
      }
      assert.deepEqual(faults, [])
    })

    test(`finds nothing on the screens of records: ${locale}`, async ({ assert }) => {
      await User.query().where('login', 'admin').update({ locale })
      const paths = await givenEverything()
      const page = await screens.of('admin')
      const faults: string[] = []
      for (const path of paths) {
        const answer = await page.goto(path)
        assert.isBelow(answer!.status(), 400, path)
        // A view's own tags, written where they aren't understood, would stand there as text.
        assert.notMatch(await page.innerText('main'), /@!?(component|if|each|let|end)\b/, path)
        faults.push(...(await faultsOf(page)))
      }
      assert.deepEqual(faults, [])
    })
  }

  test('finds nothing where something was refused, nor before anybody has logged in', async ({
    assert,
  }) => {
    const page = await screens.of('admin')
    const faults: string[] = []
    for (const [path, button] of [
      ['/people/new', 'form[action="/people"] button.main'],
      ['/calendars/new', '#calendar button.main'],
      ['/partners', 'form[action="/partners"] button.main'],
      ['/organizations', 'form[action="/organizations"] button'],
      ['/lessons', 'form[action="/lessons"] button'],
      ['/orders/new', 'main form button.main'],
    ]) {
      await page.goto(path)
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('main details'))
          details.setAttribute('open', '')
        for (const form of document.querySelectorAll('main form'))
          form.setAttribute('novalidate', '')
      })
      const load = page.waitForEvent('load')
      await page.locator(button).first().click()
      await load
      faults.push(...(await faultsOf(page)))
    }
    for (const path of ['/not-there', '/audit?who=nobody']) {
      await page.goto(path)
      faults.push(...(await faultsOf(page)))
    }
    const { origin: baseURL } = new URL(page.url())
    const stranger = await (await screens.browser.newContext({ baseURL })).newPage()
    await stranger.goto('/login')
    faults.push(...(await faultsOf(stranger)))
    assert.deepEqual(faults, [])
  }).timeout(240_000)
})
