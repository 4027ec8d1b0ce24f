/// <reference lib="dom" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import { codeOf } from '#app/people/second_factor/totp'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'
import { DEMO_PASSWORD } from '#database/seeders/demo'

const isHidden = () => getComputedStyle(document.querySelector('main')!).visibility === 'hidden'

test.group('The lock of the screen', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  test('blanks all windows at a key, and brings back exactly what was there', async ({
    assert,
  }) => {
    const page = await screens.of('madoguchi')
    await page.goto('/people-that-are-not-there')
    await page.goto('/calls')
    const other = await page.context().newPage()
    await other.goto('/account')
    await page.fill('#find', '山田')
    await page.keyboard.press('F8')
    await page.waitForFunction(isHidden)
    await other.waitForFunction(isHidden)
    await page.keyboard.press('Escape')
    assert.isTrue(await page.evaluate(isHidden))
    const third = await page.context().newPage()
    await third.goto('/calls')
    assert.equal(new URL(third.url()).pathname, '/locked')

    await page.fill('#lock-pin', 'wrong')
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog.lock [data-problem]:not([hidden])')
    await page.fill('#lock-pin', DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog.lock', { state: 'hidden' })
    await other.waitForSelector('dialog.lock', { state: 'hidden' })
    assert.equal(await page.inputValue('#find'), '山田')
    assert.isFalse(await page.evaluate(isHidden))
    assert.deepEqual(screens.scriptErrors, [])
  })

  test('comes by itself when nobody touches anything', async ({ assert }) => {
    const page = await screens.of('madoguchi')
    assert.equal(await page.getAttribute('dialog.lock', 'data-lock'), '15')
    await page.evaluate(() => {
      document.querySelector<HTMLElement>('dialog.lock')!.dataset.lock = '0.001'
    })
    await page.waitForSelector('dialog.lock[open]')
    assert.isTrue(await page.evaluate(isHidden))
  })

  test('waits for nobody who works in another window', async ({ assert }) => {
    const page = await screens.of('madoguchi')
    await page.clock.install()
    await page.goto('/calls')
    const other = await page.context().newPage()
    await other.goto('/calls')
    await page.clock.fastForward('14:00')
    const told = await page.evaluateHandle(() => ({
      word: new Promise((resolve) =>
        new BroadcastChannel('lock').addEventListener('message', ({ data }) => resolve(data))
      ),
    }))
    await other.mouse.move(100, 200)
    assert.equal(await told.evaluate(({ word }) => word), 'touched')
    // Two minutes more: sixteen since anybody touched this one.
    await page.clock.fastForward('02:00')
    await page.clock.runFor(5_000)
    assert.isFalse(await page.evaluate(isHidden))
    await page.clock.fastForward('15:00')
    await page.waitForSelector('dialog.lock[open]')
  })

  test('holds without a connection: what the server hasn’t heard is told again', async ({
    assert,
  }) => {
    const page = await screens.of('madoguchi')
    await page.goto('/calls')
    await page.route('**/lock', (route) => route.abort())
    await page.keyboard.press('F8')
    await page.waitForFunction(isHidden)
    await page.reload()
    await page.waitForFunction(isHidden)
    await page.fill('#lock-pin', DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog.lock [data-problem]:not([hidden])')
    assert.isTrue(await page.evaluate(isHidden))

    await page.unrouteAll({ behavior: 'wait' })
    await page.waitForResponse((one) => one.url().endsWith('/lock') && one.status() === 204)
    await page.fill('#lock-pin', 'wrong')
    await page.keyboard.press('Enter')
    await page.waitForResponse((one) => one.url().endsWith('/unlock') && one.status() === 422)
    await page.fill('#lock-pin', DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForSelector('dialog.lock', { state: 'hidden' })
  })

  test('that the server has set by itself keeps what was typed', async ({ assert }) => {
    const page = await screens.of('madoguchi')
    await page.goto('/consultations')
    await page.fill('#steps', '文字を大きくした')
    await page.evaluate(() =>
      fetch('/lock', {
        method: 'POST',
        headers: {
          'x-csrf-token': document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')!.content,
        },
      })
    )
    await page.click('button.main.big')
    await page.waitForSelector('dialog.lock[open]')
    await page.fill('#lock-pin', DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForSelector('main .panel')
    assert.include(await page.innerText('main'), '文字を大きくした')
  })

  test('at home is asked for in three minutes; a session that ended asks for the code too', async ({
    assert,
  }) => {
    const page = await screens.of('operator4')
    await page.waitForURL((url) => url.pathname === '/second-factor/token')
    const secret = (await page.innerText('code.wrap')).replaceAll(' ', '')
    await page.fill('#code', codeOf(secret))
    await page.keyboard.press('Enter')
    await page.waitForSelector('.codes')
    await page.goto('/account')
    assert.equal(await page.getAttribute('dialog.lock', 'data-lock'), '3')

    await db.from('sessions').delete()
    await db.from('second_factors').update({ counter: 0 })
    await page.click('.person summary')
    await page.click('.person button[name=locale]')
    await page.waitForSelector('dialog[data-session][open]')
    await page.fill('#login-again-password', DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await page.waitForSelector('#login-again-code', { state: 'visible' })
    // It waits for the code, also when it is looked whether another window has signed in.
    await page.waitForResponse((one) => one.url().endsWith('/session'))
    await page.waitForResponse((one) => one.url().endsWith('/session'))
    await page.fill('#login-again-code', codeOf(secret))
    await page.keyboard.press('Enter')
    await page.waitForSelector('html[lang=en]')
    assert.deepEqual(screens.scriptErrors, [])
  })
})
