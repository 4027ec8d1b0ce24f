/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Page, Route } from 'playwright'
import { signedHeader } from '#app/desk/calls/hook_signature'
import { drainFlow } from '#app/flow/sweeper'
import { asPdf } from '#app/samples/make_sample'
import type { Channel } from '#app/core/announce'
import { today } from '#app/core/clock'
import { addDays } from '#app/core/japanese_calendar'
import { transition } from '#app/core/transition'
import { Screens } from '#tests/support/chromium'
import { answers, keyAll, sample } from '#tests/support/given'
import { givenRegister, miscounts } from '#tests/support/given_live'
import { reset } from '#tests/support/reset'
import { serverUrl } from '#tests/support/visitor'

/** What a clerk does at the keyboard, counted: a key, or a scan that ends with Enter. */
class Keyboard {
  actions = 0

  constructor(readonly page: Page) {}

  /** A key that stays on the page. */
  async press(key: string): Promise<void> {
    this.actions++
    await this.page.keyboard.press(key)
  }

  /** A key that leads to another page. */
  async go(key: string): Promise<void> {
    this.actions++
    // What is loaded then is the page that it leads to, and not the one before.
    await this.page.waitForLoadState('load')
    await Promise.all([this.page.waitForEvent('load'), this.page.keyboard.press(key)])
    await this.drawn()
  }

  /** The field that waits for typing gets its focus with a page's first picture; some pages lead on by themselves. */
  async drawn(attempts = 3): Promise<void> {
    try {
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
    } catch (error) {
      if (attempts === 1) throw error
      await this.page.waitForLoadState('load')
      await this.drawn(attempts - 1)
    }
  }

  /** The barcode scanner, or a hand, types and sends Enter: once the field has its focus. */
  async scan(text: string): Promise<void> {
    await this.drawn()
    await this.page.keyboard.insertText(text)
    await this.go('Enter')
  }

  /** From the desk to the times that are offered to her whose voucher is scanned. */
  async toTimes(): Promise<void> {
    await this.go('w')
    await this.go('1')
    await this.scan('1234567897')
    await this.press('Space')
    await this.go('Enter')
  }

  /** A paper is printed in place; what the printer gets. */
  async print(key: string): Promise<string> {
    const [response] = await Promise.all([
      this.page.waitForResponse((one) => one.url().includes('/desk/submissions/')),
      this.press(key),
    ])
    return response.headers()['content-type']
  }
}

function heading(page: Page): Promise<string> {
  return page.innerText('h1')
}

/** A slow line: what comes meanwhile has come when the session is told of. */
async function slowSession(
  page: Page,
  meanwhile: () => Promise<void>,
  press: () => Promise<void>
): Promise<void> {
  const answer = async (route: Route) => {
    await meanwhile()
    await page.waitForTimeout(300)
    await route.continue()
  }
  await page.route('**/session', answer, { times: 1 })
  await press()
  // The page stays open after its test, and asks again.
  await page.unrouteAll({ behavior: 'ignoreErrors' })
}

async function ring(id: string, event: string, from: string): Promise<void> {
  const body = JSON.stringify({ id, event, from })
  await fetch(`${serverUrl()}/hooks/calls`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-signature': signedHeader(body, process.env.CALL_HOOK_SECRET ?? ''),
    },
  })
}

test.group('The desk, by keyboard alone', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
  })
  group.teardown(() => screens.close())
  group.each.setup(async () => {
    await reset()
    await givenRegister()
  })

  test('one person at the counter: ten actions at most, from the ticket to the slip', async ({
    assert,
  }) => {
    const page = await screens.of('madoguchi')
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('t')])
    const keys = new Keyboard(page)
    await keys.go('n')
    assert.equal(await heading(page), 'どなたのご用ですか')
    await keys.go('1')
    await keys.scan('1234567897')
    assert.include(await page.innerText('.facts'), '山田 はるゑ')
    await keys.press('Space')
    await keys.go('Enter')
    assert.lengthOf(await page.$$('.offers button'), 3)
    const size = await page.evaluate(() =>
      Number.parseFloat(getComputedStyle(document.querySelector('.offers button')!).fontSize)
    )
    assert.isAtLeast(size, 32, '24 points are 32 pixels')
    await keys.go('1')
    assert.include(await keys.print('p'), 'pdf')
    await keys.go('Enter')
    assert.equal(await heading(page), '予約がとれました')
    assert.include(await keys.print('p'), 'pdf')
    await keys.go('e')
    assert.isAtMost(keys.actions, 10)
    await drainFlow()
    const submission = await db.from('submissions').firstOrFail()
    assert.equal(submission.state, 'closed')
    assert.deepEqual(screens.scriptErrors, [])
  })

  test('the screen can be turned to the resident, and upside down', async ({ assert }) => {
    const page = await screens.of('madoguchi')
    const keys = new Keyboard(page)
    await keys.toTimes()
    await keys.press('t')
    assert.isFalse(await page.isVisible('header.top'))
    assert.isFalse(await page.isVisible('aside.guide'))
    assert.isTrue(await page.isVisible('.offers button'))
    await keys.press('t')
    assert.include(
      await page.evaluate(() => getComputedStyle(document.querySelector('main')!).transform),
      'matrix(-1'
    )
    await keys.press('Escape')
    assert.isTrue(await page.isVisible('header.top'))
    // The page is beside the menu again, not beneath it.
    const left = (one: string) => page.locator(one).evaluate((it) => it.getBoundingClientRect())
    assert.isAtLeast((await left('main')).left, (await left('nav.rail')).right)
  })

  test('the menu opens over a narrow page, and / is the search', async ({ assert }) => {
    const page = await screens.of('madoguchi')
    await page.goto(new URL('/desk', page.url()).href)
    await page.keyboard.press('/')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'find')
    await page.setViewportSize({ width: 390, height: 844 })
    assert.isFalse(await page.isVisible('nav.rail'))
    await page.click('button.menu')
    assert.isTrue(await page.isVisible('nav.rail a[href="/calls"]'))
    await page.keyboard.press('Escape')
    assert.isFalse(await page.isVisible('nav.rail'))
  })

  test('a couple: two submissions, one household, times next to each other', async ({ assert }) => {
    const page = await screens.of('madoguchi')
    const keys = new Keyboard(page)
    const register = await db
      .from('register_people')
      .where('state', 'eligible')
      .count('* as n')
      .firstOrFail()
    assert.equal(register.n, '60')
    await keys.toTimes()
    await keys.go('1')
    await keys.go('Enter')
    await keys.go('h')
    await keys.scan('1000000008')
    assert.include(await page.innerText('.note.warn'), '登録に見つかりません')
    const husband = [
      'やまだ たろう',
      '山田 太郎',
      'S150203',
      '1000000008',
      '3999903',
      '青嶺市大字上久保1234番地5',
      '0263001234',
    ]
    // The number stands there already, whatever the order of the form.
    const order = await page.$$eval('form[data-keying] input[type=text]', (inputs) =>
      inputs.map((input) => input.id)
    )
    assert.lengthOf(order, 7)
    const values: Record<string, string> = {
      name_kana: husband[0],
      name: husband[1],
      birth_date: husband[2],
      voucher_number: husband[3],
      postcode: husband[4],
      address: husband[5],
      phone: husband[6],
    }
    for (const [index, id] of order.entries()) {
      if ((await page.inputValue(`#${id}`)) === '') await page.keyboard.insertText(values[id])
      if (index < order.length - 1) await keys.press('Enter')
    }
    await keys.go('Enter')
    await keys.press('Space')
    await keys.go('Enter')
    await keys.go('1')
    await keys.go('Enter')
    await drainFlow()
    const { rows } = await db.rawQuery<{ rows: { party: string; minutes: number }[] }>(
      `select b.party, extract(epoch from s.starts_at - min(s.starts_at) over ())::int / 60 as minutes
       from bookings b join slots s on s.id = b.slot_id where b.state = 'booked' order by s.starts_at`
    )
    assert.lengthOf(rows, 2)
    assert.equal(rows[0].party, rows[1].party)
    assert.isAtMost(rows[1].minutes, 15)
    assert.lengthOf(await db.from('submissions'), 2)
    assert.deepEqual(await miscounts(), [])
  })

  test('a call of one’s own: it rings on the screen, and is booked while it lasts', async ({
    assert,
  }) => {
    const page = await screens.of('madoguchi')
    await page.waitForTimeout(500)
    await ring('call-1', 'ringing', '0263001234')
    await page.waitForSelector('.ringing')
    assert.include(await page.innerText('.ringing'), '0263 00 1234')
    const keys = new Keyboard(page)
    await keys.go('c')
    // Who calls, a number doesn't tell.
    assert.notInclude(await page.innerText('main'), '山田')
    await keys.go('1')
    await keys.go('1')
    assert.include(await page.innerText('.guide'), '番号を、ゆっくり')
    await keys.scan('1234567897')
    await keys.press('Space')
    await keys.go('Enter')
    await keys.go('2')
    assert.match(await page.innerText('.aloud'), /月.+曜日、午/)
    assert.isTrue(await page.isVisible('[data-countdown]'))
    await keys.go('Enter')
    assert.include(await page.innerText('.guide'), '紙もお送りします')
    await keys.go('e')
    assert.equal(await heading(page), '電話')
    await drainFlow()
    assert.equal((await db.from('calls').firstOrFail()).state, 'ended')
    assert.equal((await db.from('replies').firstOrFail()).state, 'ready')
  })

  test('a missed call is called back, watchword and rules in view', async ({ assert }) => {
    await ring('call-2', 'ringing', '0263007777')
    await ring('call-2', 'missed', '0263007777')
    const page = await screens.of('madoguchi')
    await page.goto('/calls')
    const keys = new Keyboard(page)
    await page.locator('body').click({ position: { x: 5, y: 400 } })
    await keys.go('n')
    assert.include(await page.innerText('.big-code'), '0263 00 7777')
    assert.include(await page.innerText('.guide'), '留守番電話')
    await keys.go('3')
    const back = await db.from('call_backs').firstOrFail()
    assert.equal(back.attempts, 1)
    assert.equal(back.state, 'open')
  })

  test('a full calendar: the caller goes on the waiting list', async ({ assert }) => {
    await db.from('slots').update({ taken: db.raw('capacity') })
    const page = await screens.of('madoguchi')
    await page.goto('/calls')
    const keys = new Keyboard(page)
    await keys.scan('0263001234')
    await keys.go('1')
    await keys.go('1')
    await keys.scan('1234567897')
    await keys.press('Space')
    await keys.go('Enter')
    assert.include(await page.innerText('main'), '空いている日時がありません')
    await Promise.all([page.waitForEvent('domcontentloaded'), page.click('text=空きを待つ')])
    assert.include(await page.innerText('main'), '空きを待っています')
    assert.lengthOf(await db.from('waiting_list').where('state', 'waiting'), 1)
  })

  test('times that others take disappear from the screen by themselves', async ({ assert }) => {
    const page = await screens.of('madoguchi')
    const keys = new Keyboard(page)
    await keys.toTimes()
    const first = await page.getAttribute('.offers button', 'value')
    await page.waitForTimeout(500)
    await db
      .from('slots')
      .where('id', first!)
      .update({ taken: db.raw('capacity') })
    const { calendar_id: calendar } = await db.from('slots').where('id', first!).firstOrFail()
    await transition(async (t) => t.announce(`calendars/${calendar}`))
    await page.waitForFunction((id) => !document.querySelector(`[value="${id}"]`), first)
    assert.lengthOf(await page.$$('.offers button'), 3)
  })

  test('the client’s door: an order, its scans, its values', async ({ assert }) => {
    const page = await screens.of('kenko')
    await Promise.all([page.waitForEvent('domcontentloaded'), page.keyboard.press('n')])
    await page.fill('#title', '12月分')
    await page.fill('#due_on', addDays(today(), 7))
    await Promise.all([page.waitForURL(/orders\/[0-9a-f-]{36}$/), page.click('button.main')])
    const order = page.url()
    await page.setInputFiles('#files', {
      name: 'forms.pdf',
      mimeType: 'application/pdf',
      buffer: await asPdf((await sample(5)).pages),
    })
    await page.waitForSelector('.uploads .is-good')
    await drainFlow()
    await keyAll(answers())
    await page.goto(order)
    assert.include(await page.innerText('.cards'), '1 / 1')
    await page.click('text=新しい並びをつくる')
    await page.fill('#name', '健康管理')
    await Promise.all([page.waitForURL(/layouts$/), page.click('button.main')])
    await page.goto(order)
    await Promise.all([page.waitForURL(/exports\/./), page.click('text=ファイルを作る')])
    await drainFlow()
    // The screen finds out by itself.
    await page.getByText('書き出せない字はありません').waitFor()
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[download]')])
    assert.match(download.suggestedFilename(), /values-windows-31j\.csv/)
    assert.deepEqual(screens.scriptErrors, [])
  }).timeout(240_000)

  test('a form on its way is not lost to news that come meanwhile', async ({ assert }) => {
    await ring('n1', 'missed', '0263001111')
    const page = await screens.of('madoguchi')
    await page.goto('/calls')
    await page.getByText('次の方にかける').waitFor()
    const news = async () => {
      const refreshed = page.waitForResponse((one) => one.url().endsWith('/calls'))
      await ring('n2', 'missed', '0263002222')
      await refreshed
    }
    await slowSession(page, news, async () => {
      await page.keyboard.press('n')
      await page.waitForURL(/assignments/, { timeout: 10_000 })
    })
    assert.lengthOf(await db.from('assignments').whereNull('ended_at'), 1)
  })

  test('a time that is chosen while the times are loaded anew is taken', async ({ assert }) => {
    const page = await screens.of('madoguchi')
    const keys = new Keyboard(page)
    await keys.toTimes()
    const channel = (await page.getAttribute('.offers', 'data-live'))!
    const news = async () => {
      const refreshed = page.waitForResponse((one) => one.url().includes('/desk/visits/'))
      await transition(async (t) => t.announce(channel as Channel))
      await refreshed
    }
    await slowSession(page, news, () => keys.go('1'))
    assert.lengthOf(await db.from('bookings'), 1)
  })

  test('every screen fits a phone’s width', async ({ assert }) => {
    const desk = await screens.of('madoguchi')
    await desk.setViewportSize({ width: 390, height: 844 })
    const leader = await screens.of('leader')
    await leader.setViewportSize({ width: 390, height: 844 })
    const client = await screens.of('kenko')
    await client.setViewportSize({ width: 390, height: 844 })
    const slot = await db.from('slots').orderBy('starts_at').firstOrFail()
    const day = addDays(today(), 7)
    const screensOf: [Page, string[]][] = [
      [
        desk,
        [
          '/desk',
          '/desk/find',
          '/calls',
          '/tickets/display',
          '/tickets/new',
          '/consultations',
          '/lessons',
          '/articles',
        ],
      ],
      [leader, [`/calendars/${slot.calendar_id}/days/${day}`, '/orders', '/articles/new']],
      [client, ['/orders', '/orders/new', '/layouts', '/register', '/exports']],
    ]
    for (const [page, paths] of screensOf)
      for (const path of paths) {
        await page.goto(path)
        assert.isAtMost(await page.evaluate(() => document.documentElement.scrollWidth), 390, path)
      }
  })
})
