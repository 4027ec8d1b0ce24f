/// <reference lib="dom" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import { DEMO_PASSWORD } from '#database/seeders/demo'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'
import { serverUrl } from '#tests/support/visitor'

/** Browsers keep passkeys for names, and not for numbers of the network. */
const named = () => serverUrl().replace('127.0.0.1', 'localhost')

const confirmed = () => db.from('second_factors').whereNotNull('confirmed_at')

test.group('Passkeys', (group) => {
  let screens: Screens
  let page: Page
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)
  group.each.setup(async () => {
    page = await screens.browser.newPage({ baseURL: named(), locale: 'ja-JP' })
    page.on('pageerror', (error) => screens.scriptErrors.push(error.message))
    const machine = await page.context().newCDPSession(page)
    await machine.send('WebAuthn.enable')
    await machine.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    })
    return () => page.context().close()
  })

  async function signIn(): Promise<void> {
    await page.goto('/login')
    await page.fill('#login', 'operator4')
    await page.fill('#password', DEMO_PASSWORD)
    await page.check('input[value=home]')
    await page.click('button.main')
    await page.waitForURL(/second-factor/)
  }

  async function makeOne(): Promise<void> {
    await signIn()
    await page.click('[data-passkeys] summary')
    await page.fill('#passkey-name', '自宅のパソコン')
    await page.click('[data-passkey=make] button')
    await page.waitForSelector('.codes')
  }

  async function signOut(): Promise<void> {
    await page.context().clearCookies()
  }

  test('are made when first signing in, shown the next time, and open the locked screen', async ({
    assert,
  }) => {
    await makeOne()
    const [kept] = await confirmed()
    assert.equal(kept.kind, 'passkey')
    await signOut()
    await signIn()
    await page.click('[data-passkey=show] button')
    await page.waitForURL((url) => url.pathname === '/today')
    assert.isNotNull((await confirmed())[0].used_at)

    await page.goto('/account')
    await page.keyboard.press('F8')
    await page.waitForSelector('dialog.lock[open]')
    await page.click('dialog.lock [data-by-passkey]')
    await page.waitForSelector('dialog.lock[open]', { state: 'detached' })
    assert.include(await page.innerText('main'), '自宅のパソコン')
    // A session that ended meanwhile is opened over the page first; what was asked before is answered by then.
    await Promise.all([
      page.waitForResponse((one) => one.url().endsWith('/lock')),
      page.keyboard.press('F8'),
    ])
    await page.waitForSelector('dialog.lock[open]')
    await db.from('sessions').delete()
    await page.click('dialog.lock [data-by-passkey]')
    await page.waitForSelector('dialog[data-session][open]')
    assert.deepEqual(screens.scriptErrors, [])
  })

  test('sign in over the page as well', async ({ assert }) => {
    await makeOne()
    await page.goto('/account')
    await db.from('sessions').delete()
    await page.click('.person summary')
    await page.click('.person button[name=locale]')
    await page.waitForSelector('dialog[data-session][open]')
    await page.fill('#login-again-password', DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.click('dialog[data-session] [data-by-passkey]')
    await page.waitForSelector('html[lang=en]')
    assert.deepEqual(screens.scriptErrors, [])
  })

  test('are added within a session by who knows the password', async ({ assert }) => {
    await makeOne()
    await page.goto('/account')
    await page.click('details[data-passkeys] summary')
    await page.fill('#passkey-password', 'another')
    await page.click('[data-passkey=make] button')
    await page.waitForSelector('[data-passkey=make] [data-problem]:not([hidden])')
    assert.include(await page.innerText('[data-passkey=make] [data-problem]'), 'ちがう')
    assert.lengthOf(await confirmed(), 1)
    // The machine has one already, and makes no second.
    await page.fill('#passkey-password', DEMO_PASSWORD)
    await page.click('[data-passkey=make] button')
    await page.waitForFunction(() =>
      document
        .querySelector('[data-passkey=make] [data-problem]')!
        .textContent!.includes('もう一度')
    )
  })

  test('of another address, or made with what was asked for showing one, open nothing', async ({
    assert,
  }) => {
    await makeOne()
    await signOut()
    await signIn()
    await page.route('**/second-factor/passkey', async (route) => {
      await db.rawQuery(
        `update sessions set data = replace(data, 'http://localhost', 'https://localhost')`
      )
      await route.continue()
    })
    await page.click('[data-passkey=show] button')
    await page.waitForSelector('.note.bad')
    assert.include(await page.innerText('.note.bad'), 'このパスキーでは')
    await page.unroute('**/second-factor/passkey')

    await signOut()
    await signIn()
    const answer = await page.evaluate(async () => {
      const token = document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')!.content
      const send = (path: string, body?: URLSearchParams) =>
        fetch(path, {
          method: 'POST',
          headers: { 'accept': 'application/json', 'x-csrf-token': token },
          body,
        })
      const refused = await send('/second-factor/passkeys/options')
      const { challenge } = await (await send('/second-factor/passkey/options')).json()
      const bytes = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0))
      const made = await navigator.credentials.create({
        publicKey: {
          rp: { name: 'x' },
          user: { id: bytes('1'), name: 'x', displayName: 'x' },
          challenge: bytes(atob(challenge.replaceAll('-', '+').replaceAll('_', '/'))),
          pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
          authenticatorSelection: { userVerification: 'required' },
        },
      })
      const credential = JSON.stringify((made as PublicKeyCredential).toJSON())
      await send('/second-factor/passkeys', new URLSearchParams({ credential }))
      return refused.status
    })
    assert.equal(answer, 422)
    assert.lengthOf(await confirmed(), 1)
    await page.goto('/work')
    assert.match(page.url(), /second-factor/)
  })
})
