/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { AxeBuilder } from '@axe-core/playwright'
import type { Assert } from '@japa/assert'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import router from '@adonisjs/core/services/router'
import { navigationFor } from '#app/people/navigation'
import User from '#app/people/user'
import { Screens } from '#tests/support/chromium'
import { forgetService } from '#tests/support/given_city_form'
import { givenEverything } from '#tests/support/given_everything'
import { givenBatch } from '#tests/support/given_batch'
import { reset } from '#tests/support/reset'
import { Visitor } from '#tests/support/visitor'

/** Addresses that answer with a file, or with something that isn't a page. */
const NO_PAGES =
  /\/(paper|pdf|image|picture|registered|example|roster|slip|confirmation|file|kit\.zip|export|values\.csv|snippet|pictures|sound|specification|form|form\.pdf|thumbnail|certificate|letter|preview|print|display|ringing|session|waiting|health|directory|return|report|proofs|__transmit)(\/|$)/
/** Screens of records that this walk doesn't open, and why. */
const ELSEWHERE: Record<string, string> = {
  '/setup/:code': 'there is a center already',
  '/incidents/:id/drafts/:draft': 'a paper',
  '/services/:slug/pages/:number': 'a picture',
  '/services/:slug/draft/pages/:number': 'a picture',
  '/services/:slug/examples/:name': 'a picture',
  '/submissions/:id/snippets/:group': 'a picture',
  '/batches/:id/files': 'an archive',
  '/batches/:id/pieces/:piece/files/:file': 'a file that somebody made',
  '/*': 'what isn’t there',
}

function pages(): string[] {
  return Object.values(router.toJSON())
    .flat()
    .filter(({ methods }) => methods.includes('GET'))
    .map(({ pattern }) => pattern)
    .filter((pattern) => !NO_PAGES.test(pattern) || pattern === '/health/page')
}

/** Screens without a record in their address. */
function screensWithoutIds(): string[] {
  return pages().filter((pattern) => !/[:*]/.test(pattern))
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

/** What stands around every page: looked at once in each window. */
const SHELL = ['.rail > *', '.top > *']

/** Looks at a page; at its contrasts, which take the longest, in one language: colors are the same in both. */
async function faultsOf(page: Page): Promise<string[]> {
  const isJapanese = (await page.getAttribute('html', 'lang')) === 'ja'
  // No frame of another origin is in any page, so that axe runs in the page itself, and tells only what is wrong. It
  // comes with every page from the second on: the builder would send it twice to each.
  const isFirst = !(await page.evaluate(() => 'axe' in window))
  if (isFirst) {
    await page.evaluate(AXE)
    await page.addInitScript(AXE)
  }
  const look = new AxeBuilder({ page, axeSource: 'void 0' })
  if (!isFirst) for (const part of SHELL) look.exclude(part)
  const { violations } = await look
    .options({
      runOnly: TAGS,
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled: isJapanese } },
    })
    .setLegacyMode()
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html }) => `${new URL(page.url()).pathname}: ${id}: ${html.slice(0, 160)}`)
  )
}

type Walk = (walk: { assert: Assert; screens: Screens }) => Promise<void>

/** One walk is a group by itself, so that processes that share the tests share the walks. */
function walk(title: string, run: Walk): void {
  test.group(`Axe ${title}`, (group) => {
    group.each.setup(reset)
    group.teardown(() => forgetService('club'))
    test('finds nothing', async ({ assert }) => {
      const screens = await Screens.open()
      try {
        await run({ assert, screens })
      } finally {
        await screens.close()
      }
    }).timeout(480_000)
  })
}

for (const locale of ['ja', 'en'] as const) {
  walk(`on every screen, with little in it: ${locale}`, async ({ assert, screens }) => {
    await User.query().where('login', 'admin').update({ locale })
    const page = await screens.of('admin')
    const faults: string[] = []
    for (const path of screensWithoutIds()) {
      await page.goto(path)
      faults.push(...(await faultsOf(page)))
    }
    assert.deepEqual(faults, [])
  })

  walk(`on the screens of records: ${locale}`, async ({ assert, screens }) => {
    await User.query().where('login', 'admin').update({ locale })
    const paths = await givenEverything()
    const missing = pages()
      .filter((pattern) => /[:*]/.test(pattern) && !(pattern in ELSEWHERE))
      .filter((pattern) => {
        const fits = new RegExp(`^${pattern.replaceAll(/:\w+/g, '[^/]+')}$`)
        return !paths.some((path) => fits.test(path.split('?')[0]))
      })
    assert.deepEqual(missing, [], 'screens that nobody looks at')
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

  walk(`where something was refused: ${locale}`, async ({ assert, screens }) => {
    await User.query().where('login', 'admin').update({ locale })
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
    for (const path of [
      '/not-there',
      '/audit?who=nobody',
      '/audit?receipt=nothing',
      '/audit?from=2026-02-30',
    ]) {
      await page.goto(path)
      faults.push(...(await faultsOf(page)))
    }
    assert.deepEqual(faults, [])
  })
}

walk('of clients, partners and operators, and at any gate', async ({ assert, screens }) => {
  const faults: string[] = []
  for (const login of ['kenko', 'silver', 'operator1']) {
    const page = await screens.of(login)
    const user = await User.findByOrFail('login', login)
    for (const { name } of navigationFor(user).flatMap(({ items }) => items)) {
      await page.goto(new URL(name, page.url()).href)
      faults.push(...(await faultsOf(page)))
    }
  }
  const batch = await givenBatch(await Visitor.loggedIn('leader'), { kind: { check: '100' } })
  const operator = await screens.of('operator1')
  const { origin } = new URL(operator.url())
  await operator.goto(`${origin}/work/offers/${batch.split('/').at(-1)}`)
  faults.push(...(await faultsOf(operator)))
  for (const button of ['form[action="/work/packs"] button.main', 'form[action$="/next"] button']) {
    await Promise.all([operator.waitForEvent('load'), operator.click(button)])
    faults.push(...(await faultsOf(operator)))
  }
  await operator.click('details summary.button')
  await operator.fill('#cannot', '読めない')
  await Promise.all([operator.waitForEvent('load'), operator.click('button[name=unable]')])
  const leader = await screens.of('leader')
  await leader.goto(`${origin}/work`)
  await Promise.all([leader.waitForEvent('load'), leader.keyboard.press('n')])
  assert.include(leader.url(), '/work/assignments/')
  faults.push(...(await faultsOf(leader)))
  const desk = await screens.of('madoguchi')
  const baseURL = origin
  await Promise.all([
    desk.waitForResponse((one) => one.url().endsWith('/lock')),
    desk.keyboard.press('F8'),
  ])
  faults.push(...(await faultsOf(desk)))
  await desk.goto('/locked')
  faults.push(...(await faultsOf(desk)))
  // At home a second factor is set up first.
  const home = await screens.of('operator4')
  await home.goto('/second-factor/token')
  faults.push(...(await faultsOf(home)))
  const stranger = await (await screens.browser.newContext({ baseURL })).newPage()
  for (const path of ['/login', '/setup/none']) {
    await stranger.goto(path)
    faults.push(...(await faultsOf(stranger)))
  }
  assert.deepEqual(faults, [])
})
