/// <reference lib="dom" />
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import env from '#start/env'
import { test } from '@japa/runner'
import type { Browser, Page } from 'playwright'
import { localOwnerUrl } from '../../bin/setup/database_url.js'
import { readSettings } from '../../bin/setup/settings_file.js'
import { typed } from '#app/catalog/field_values'
import { asPdf } from '#app/samples/make_sample'
import { keyScreen, Screens } from '#tests/support/chromium'
import { freePort } from '#tests/support/free_port'
import { sample, vaccination } from '#tests/support/given'
import { emptyStorage, remove, start } from '#tests/support/installation'
import { pagesOf } from '#tests/support/pdf_text'
import { reset } from '#tests/support/reset'

const OWN = 'umi to yama no aida'

/** A window of somebody, on the installation at `baseURL`. */
async function windowAt(browser: Browser, baseURL: string): Promise<Page> {
  const context = await browser.newContext({ baseURL, locale: 'ja-JP' })
  await context.addInitScript(() => {
    window.print = () => {}
  })
  return context.newPage()
}

/** Clicks what sends a form, and waits for the page that answers. */
async function send(page: Page, button: string): Promise<void> {
  const load = page.waitForEvent('load')
  await page.locator(button).first().click()
  await load
}

/** Loads a page again and again until something is on it. */
async function until(page: Page, selector: string): Promise<void> {
  for (let tries = 0; tries < 120 && (await page.locator(selector).count()) === 0; tries++) {
    await page.waitForTimeout(500)
    await page.reload()
  }
}

/** The two minutes pass in which somebody may take back what they keyed. */
async function nothingIsTakenBack(storage: string): Promise<void> {
  const { port } = JSON.parse(readFileSync(join(storage, 'database.json'), 'utf8'))
  const client = new pg.Client({
    connectionString: localOwnerUrl(port, readSettings().EMBEDDED_DB_PASSWORD),
  })
  await client.connect()
  await client.query(`update assignments set final_at = now() where final_at is not null`)
  await client.query('update wakes set at = now()')
  await client.end()
}

test.group('The first hour', (group) => {
  group.each.setup(reset)

  test('leads from an empty machine to the first printed letter, with screens alone', async ({
    assert,
    cleanup,
  }) => {
    const storage = emptyStorage()
    const port = await freePort()
    const run = start(storage, port, {
      DEMO: 'false',
      FILES_PATH: join(storage, 'files'),
      // The sample form is drawn here, and read there.
      INSTALLATION: env.get('INSTALLATION'),
    })
    const screens = await Screens.open()
    cleanup(async () => {
      await screens.close()
      await run.stop('SIGTERM')
      remove(storage)
    })
    assert.isTrue(await run.untilServed(), run.output())
    const [setup] = /\/setup\/[\w-]{22}/.exec(run.output()) ?? []
    const base = `http://127.0.0.1:${port}`

    // The center and its first administrator.
    const admin = await windowAt(screens.browser, base)
    await admin.goto(setup!)
    await admin.fill('#center', '海辺市テレワークセンター')
    await admin.fill('#display_name', '岸 渚')
    await admin.fill('#login', 'kishi')
    await admin.fill('#password', OWN)
    await admin.fill('#again', OWN)
    await send(admin, 'main button.main')
    assert.equal(new URL(admin.url()).pathname, '/start')

    // A client, and a service from a kit, which brings its calendar.
    await admin.goto('/organizations')
    await admin.fill('form[action="/organizations"] [name=name]', '海辺市 健康課')
    await admin.fill('form[action="/organizations"] [name=slug]', 'health')
    await send(admin, 'form[action="/organizations"] button.main')
    await admin.goto('/services')
    await admin.selectOption('#shipped', 'vaccination')
    await send(admin, 'form:has(#shipped) button')
    assert.include(await admin.innerText('main'), '青嶺市保健センター1階')
    await send(admin, 'form[action$="/publication"] button.main')
    await admin.goto('/calendars')
    assert.include(await admin.innerText('main'), '青嶺市保健センター1階')

    // Two operators, invited on paper.
    const operators: { login: string; password: string }[] = []
    for (const [login, name] of [
      ['nami', '波 一子'],
      ['isami', '磯 二郎'],
    ]) {
      await admin.goto('/people/new')
      await admin.fill('#login', login)
      await admin.fill('#display_name', name)
      await admin.selectOption('#role', 'operator')
      await send(admin, 'form[action="/people"] button.main')
      const token = await admin.locator('meta[name=csrf-token]').getAttribute('content')
      const { pathname: page } = new URL(admin.url())
      const sheet = await admin.request.post(`${page}/invitation`, {
        form: { _csrf: token! },
      })
      const [text] = await pagesOf(await sheet.body())
      const password = /一度だけのパスワード((?:[a-z0-9]{4}-){3}[a-z0-9]{4})/.exec(text)?.[1]
      assert.exists(password, text)
      operators.push({ login, password: password! })
      // Nobody works before they have promised to keep what they see to themselves.
      await admin.goto(page.replace('people', 'operators'))
      await admin.fill('#starts_on', '2020-01-06')
      await admin.fill('#nda_until', '2099-12-31')
      await send(admin, 'form:has(#nda_until) button.main')
    }

    // A form of the first resident is read, keyed twice, and answered.
    const { version } = await vaccination()
    const { pages, values } = await sample(61, { watchword: 'あさがお' })
    await admin.goto('/scans')
    await admin.setInputFiles('#files', {
      name: 'form.pdf',
      mimeType: 'application/pdf',
      buffer: await asPdf(pages),
    })
    await admin.waitForURL(/\/scans\/.+/)
    await admin.locator('[data-receipt]').first().waitFor({ timeout: 120_000 })
    await admin.waitForFunction(() => document.querySelector('progress')?.value === 100)
    const answers = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, typed(version.field(key), value)])
    )
    for (const { login, password } of operators) {
      const page = await windowAt(screens.browser, base)
      await page.goto('/login')
      await page.fill('#login', login)
      await page.fill('#password', password)
      await send(page, 'button.main')
      await page.fill('#current', password)
      await page.fill('#new', `${OWN} ${login}`)
      await page.fill('#again', `${OWN} ${login}`)
      await send(page, 'main button.main')
      await page.goto('/work')
      await until(page, 'button[data-key=n]:not([disabled])')
      await page.keyboard.press('n')
      await page.waitForURL(/assignments/)
      while (/assignments/.test(page.url())) await keyScreen(page, answers)
    }
    await nothingIsTakenBack(storage)
    await admin.goto('/print-runs')
    await until(admin, 'form[action="/print-runs"]')
    await admin.fill('form[action="/print-runs"] textarea', '8海健第1号')
    await send(admin, 'form[action="/print-runs"] button')
    await admin.locator('a[href$="/pdf"]').waitFor({ timeout: 60_000 })
    const letter = await admin.request.get(`${admin.url()}/pdf`)
    assert.include((await pagesOf(await letter.body())).join(), values.name.replaceAll(' ', ''))

    // Nothing that is needed is still to be done.
    await admin.goto('/start')
    assert.equal(await admin.locator('.state.good').count(), 7)
  }).timeout(300_000)
})
