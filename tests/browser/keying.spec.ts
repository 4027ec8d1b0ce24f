/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import type { Page, Request, Response } from 'playwright'
import { drainFlow, sweep } from '#app/flow/sweeper'
import { answers, givenSubmission, keyAll, person, vaccination } from '#tests/support/given'
import { Screens } from '#tests/support/chromium'
import { reset } from '#tests/support/reset'

/** Requests of each window that aren't answered yet. */
const waiting = new WeakMap<Page, Set<Request>>()

test.group('The keying screen', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  async function firstTask() {
    await givenSubmission()
    const page = await screens.of('operator1')
    await page.keyboard.press('n')
    await page.waitForURL(/assignments/)
    return page
  }

  test('the Enter that ends an IME conversion neither moves nor saves', async ({ assert }) => {
    const page = await firstTask()
    const ime = await page.context().newCDPSession(page)
    const first = await page.evaluate(() => document.activeElement?.id)
    await ime.send('Input.imeSetComposition', {
      text: 'やまだ',
      selectionStart: 3,
      selectionEnd: 3,
    })
    await page.evaluate(() => {
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', {
          key: 'Enter',
          isComposing: true,
          keyCode: 229,
          bubbles: true,
          cancelable: true,
        })
      )
    })
    assert.equal(await page.evaluate(() => document.activeElement?.id), first)
    await ime.send('Input.insertText', { text: 'ヤマダ' })
    await page.keyboard.press('Enter')
    assert.notEqual(await page.evaluate(() => document.activeElement?.id), first)
    assert.lengthOf(await db.from('entries'), 0)
  })

  test('F8 puts ● where a character can’t be read', async ({ assert }) => {
    const page = await firstTask()
    await page.keyboard.insertText('ヤマ')
    await page.keyboard.press('F8')
    assert.equal(await page.inputValue('#name_kana'), 'ヤマ●')
    // Elsewhere it locks the screen; here one goes on.
    assert.isTrue(await page.isVisible('#name_kana'))
  })

  test('a double click, the back button and a second tab enter nothing twice', async ({
    assert,
  }) => {
    const page = await firstTask()
    const second = await page.context().newPage()
    await second.goto(page.url())
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await page.fill('#name', '山田 はるゑ')
    const answered = answerTo(page)
    await page.dblclick('button[data-main]')
    await page.waitForURL((url) => url.href !== second.url())
    await answered
    assert.lengthOf(await db.from('entries'), 1)

    await second.fill('#name_kana', 'ヤマダ ハルエ')
    await second.fill('#name', '別人')
    await second.click('button[data-main]')
    await second.waitForLoadState()
    assert.lengthOf(await db.from('entries'), 1)

    await page.goBack()
    await page.waitForLoadState()
    assert.lengthOf(await db.from('entries'), 1)
    await page.reload()
    const begun = await db.from('assignments').whereNull('ended_at').where('ahead', false)
    assert.lengthOf(begun, 1)
  })

  test('keeps a draft without being asked', async ({ assert }) => {
    const page = await firstTask()
    await page.fill('#name_kana', 'ヤマダ')
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/draft'))
    )
    await page.reload()
    assert.lengthOf(await db.from('assignments').whereNotNull('draft'), 1)
  })

  test('fits a phone’s width, with labels on every field', async ({ assert }) => {
    const page = await firstTask()
    await page.setViewportSize({ width: 390, height: 844 })
    assert.isAtMost(await page.evaluate(() => document.documentElement.scrollWidth), 390)
    assert.equal(
      await page.locator('main input[type=text]').count(),
      await page.locator('main').getByRole('textbox', { name: /.+/ }).count()
    )
  })
})

/** Saves what is on the screen and waits for the next one: turned to where it lay ready, else loaded. */
async function save(page: Page): Promise<void> {
  // Its own picture may still be on its way.
  await page.waitForLoadState('load')
  const loaded = page.waitForEvent('load').catch(() => null)
  const answered = answerTo(page)
  await page.click('button[data-main]')
  const answer = await answered
  if (answer.request().resourceType() === 'document') await loaded
  else
    await page
      .locator(answer.ok() ? '[data-saved]' : '.has-problem')
      .first()
      .waitFor()
}

/** The answer to a result: the page may have gone on before it. */
function answerTo(page: Page): Promise<Response> {
  return page.waitForResponse(
    (response) => response.url().endsWith('/result') && [200, 302, 422].includes(response.status())
  )
}

/** Waits until the next two tasks lie ready on the page. */
async function leavesReady(page: Page): Promise<void> {
  await page.locator('html[data-ready="2"]').waitFor({ state: 'attached' })
}

test.group('Tasks that lie ready', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  async function readyPage({ isMute = false } = {}) {
    await givenSubmission()
    await givenSubmission()
    const page = await screens.of('operator1')
    if (isMute) await page.route('**/draft', (route) => route.abort())
    await page.keyboard.press('n')
    await page.waitForURL(/assignments/)
    await leavesReady(page)
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await page.fill('#name', '山田 はるゑ')
    return page
  }

  test('are turned to at once, with their picture, and saved meanwhile', async ({ assert }) => {
    const page = await readyPage()
    await page.evaluate(() => Object.assign(window, { stays: true }))
    const answered = answerTo(page)
    const before = page.url()
    await page.keyboard.press('Enter')
    // Before anybody has answered the next is there, drawn, and waits for the first key.
    assert.notEqual(page.url(), before)
    assert.isTrue(
      await page.evaluate(() => document.querySelector<HTMLImageElement>('.snippet img')!.complete)
    )
    assert.isTrue(await page.evaluate(() => document.activeElement?.matches('main input')))
    assert.equal((await answered).request().resourceType(), 'fetch')
    await page.locator('[data-saved]').waitFor()
    assert.isTrue(await page.evaluate(() => 'stays' in window))
    const [entry] = await db.from('entries')
    const begun = await db.from('assignments').whereNull('ended_at').where('ahead', false)
    assert.deepEqual(
      begun.map(({ id }) => id),
      [page.url().split('/').at(-1)]
    )
    // What was saved can be taken back from there.
    await page.keyboard.press('F9')
    await page.waitForURL((url) => !url.href.endsWith(begun[0].id))
    assert.equal(await page.inputValue('#name'), '山田 はるゑ')
    assert.isNull(await db.from('entries').where('id', entry.id).first())
  })

  test('wait with what was typed, where something before is to be looked at', async ({
    assert,
  }) => {
    const page = await readyPage()
    await page.fill('#name_kana', '山田')
    await page.focus('#name')
    const { promise, resolve: go } = Promise.withResolvers<void>()
    await page.route('**/result', (route) => promise.then(() => route.continue()))
    const first = page.url()
    await page.keyboard.press('Enter')
    const field = page.locator('main input[type=text]').first()
    await field.fill('あとで')
    const second = page.url()
    // Nothing is taken from under a conversion.
    const ime = await page.context().newCDPSession(page)
    const answered = answerTo(page)
    await ime.send('Input.imeSetComposition', {
      text: 'やま',
      selectionStart: 2,
      selectionEnd: 2,
    })
    go()
    await answered
    assert.equal(page.url(), second)
    await ime.send('Input.insertText', { text: '山' })
    await page.locator('.has-problem #name_kana').waitFor()
    assert.equal(page.url(), first)
    assert.lengthOf(await db.from('entries'), 0)
    await page.unrouteAll({ behavior: 'wait' })
    const saved = answerTo(page)
    await page.click('button[data-main]')
    await saved
    assert.equal(page.url(), second)
    assert.equal(await field.inputValue(), 'あとで山')
    assert.lengthOf(await db.from('entries'), 1)
  })

  test('keep what was typed while the line is lost, and send it when it is back', async ({
    assert,
  }) => {
    // Also before the first sign of life has arrived.
    const page = await readyPage({ isMute: true })
    await page.route('**/result', (route) => route.abort())
    await page.keyboard.press('Enter')
    await page.locator('[data-line-lost]:not([hidden])').waitFor()
    assert.lengthOf(await db.from('entries'), 0)
    const answered = answerTo(page)
    await page.unroute('**/result')
    await answered
    await page.locator('[data-line-lost]').waitFor({ state: 'hidden' })
    assert.lengthOf(await db.from('entries'), 1)
  })

  test('keep what was typed while the server is at fault, and say that it is not the line', async ({
    assert,
  }) => {
    const page = await readyPage()
    await page.route('**/result', (route) => route.fulfill({ status: 503, body: '' }))
    await page.keyboard.press('Enter')
    await page.locator('[data-server-fault]:not([hidden])').waitFor()
    assert.isTrue(await page.locator('[data-line-lost]').isHidden())
    const answered = answerTo(page)
    await page.unroute('**/result')
    await answered
    await page.locator('[data-server-fault]').waitFor({ state: 'hidden' })
    assert.lengthOf(await db.from('entries'), 1)
  })

  test('end with the minutes that somebody has: each says what is left, and then it is over', async ({
    assert,
  }) => {
    for (let count = 0; count < 2; count++) await givenSubmission()
    const page = await screens.of('operator1')
    await page.goto('/work')
    await Promise.all([
      page.waitForURL(/assignments/),
      page.locator('.stretches').getByText('お名前').click(),
    ])
    await page.locator('html[data-ready="1"]').waitFor({ state: 'attached' })
    await page.evaluate(() => Object.assign(window, { stays: true }))
    for (const left of [2, 1]) {
      assert.include(await page.innerText('.stretch'), `残り${left}件`)
      await page.fill('#name_kana', 'ヤマダ ハルエ')
      await page.fill('#name', '山田 はるゑ')
      assert.isTrue(await page.evaluate(() => 'stays' in window))
      await page.keyboard.press('Enter')
    }
    await page.waitForURL(/\/work$/)
    assert.include(await page.innerText('main'), '決めた件数が終わりました')
    assert.lengthOf(await db.from('entries'), 2)
  })

  test('are kept as drafts where the line comes back when they are somebody else’s', async ({
    assert,
  }) => {
    // A sign of life that is on its way would hold what is swept here.
    const page = await readyPage({ isMute: true })
    await page.route('**/result', (route) => route.abort())
    await page.keyboard.press('Enter')
    const second = page.url().split('/').at(-1)!
    const field = page.locator('main input[type=text]').first()
    await field.fill('あとで')
    await page.locator('button[data-main]').click()
    assert.notEqual(page.url().split('/').at(-1), second)
    await db
      .from('assignments')
      .where('ahead', true)
      .update({ expires_at: db.raw(`now() - interval '1 second'`) })
    await sweep()
    await page.unroute('**/result')
    // It is asked about like any other, and can't be saved any more.
    await page.locator('.has-problem').first().waitFor()
    assert.equal(page.url().split('/').at(-1), second)
    assert.equal(await field.inputValue(), 'あとで')
    await page.locator('button[data-main]').click()
    await page.waitForURL(/\/work$/)
    assert.lengthOf(await db.from('entries'), 1)
    const late = await db.from('assignments').where('id', second).firstOrFail()
    assert.equal(late.ended_reason, 'expired')
    assert.isNotNull(late.draft)
  })

  test('are somebody else’s again, and then it is gone on where the server says', async ({
    assert,
  }) => {
    const page = await readyPage()
    await db
      .from('assignments')
      .where('ahead', true)
      .update({ expires_at: db.raw(`now() - interval '1 second'`) })
    await sweep()
    await page.keyboard.press('Enter')
    await page.waitForEvent('load')
    const [begun] = await db.from('assignments').whereNull('ended_at').where('ahead', false)
    assert.isTrue(page.url().endsWith(begun.id))
    assert.lengthOf(await db.from('entries'), 1)
  })
})

test.group('Nothing that was typed is lost', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  async function keyer(login = 'operator1') {
    const page = await screens.of(login)
    const asked = new Set<Request>()
    waiting.set(page, asked)
    page.on('request', (request) => void asked.add(request))
    page.on('requestfinished', (request) => void asked.delete(request))
    page.on('requestfailed', (request) => void asked.delete(request))
    await page.keyboard.press('n')
    await page.waitForURL(/assignments/)
    return page
  }

  /** Reads again until it is so: drafts are kept a moment after the key. */
  async function drafts() {
    return db.from('assignments').whereNotNull('draft')
  }

  test('a draft is kept a second after the last change', async ({ assert }) => {
    await givenSubmission()
    const page = await keyer()
    const kept = page.waitForRequest(
      (request) =>
        request.url().endsWith('/draft') &&
        new URLSearchParams(request.postData() ?? '').get('values[name_kana]') === 'ヤマダ',
      { timeout: 10_000 }
    )
    await page.fill('#name_kana', 'ヤマダ')
    await (await kept).response()
    await page.reload()
    assert.equal(await page.inputValue('#name_kana'), 'ヤマダ')
    assert.lengthOf(await drafts(), 1)
  })

  test('a session that has ended is opened over the page, and what was typed is saved', async ({
    assert,
  }) => {
    await givenSubmission()
    const page = await keyer()
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await page.fill('#name', '山田 はるゑ')
    await db.from('sessions').delete()
    await page.click('button[data-main]')
    const dialog = page.locator('dialog[data-session]')
    await dialog.waitFor({ state: 'visible' })
    assert.include(await dialog.innerText(), '入れたものは、この画面に残っています')
    await page.fill('#login-again-password', 'wrong')
    await page.keyboard.press('Enter')
    await dialog.locator('[data-problem]:not([hidden])').waitFor()
    await page.fill('#login-again-password', 'aone-demo')
    const answered = answerTo(page)
    await page.keyboard.press('Enter')
    await answered
    assert.lengthOf(await db.from('entries'), 1)
    assert.isEmpty(
      await page.evaluate(() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)])
    )
  })

  /** The session ends, and another window signs in. */
  async function signInBeside(page: Page, login: string) {
    const before = await db.from('sessions').select('id')
    const other = await screens.of(login)
    // An answer to what was asked before would bring the old session's cookie back: it is waited for, and what is asked
    // meanwhile waits.
    const asked = [...(waiting.get(page) ?? [])]
    const { promise: switched, resolve: go } = Promise.withResolvers<void>()
    await page.route('**/*', (route) => switched.then(() => route.continue()))
    await Promise.all(asked.map((request) => request.response()))
    // From one moment to the next: between the two a draft on its way would find nobody signed in.
    await page.context().addCookies(await other.context().cookies())
    await db
      .from('sessions')
      .whereIn(
        'id',
        before.map(({ id }) => id)
      )
      .delete()
    await other.context().close()
    go()
    await page.unrouteAll({ behavior: 'wait' })
  }

  test('a window goes on where another has signed in anew', async ({ assert }) => {
    await givenSubmission()
    const page = await keyer()
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await page.fill('#name', '山田 はるゑ')
    await signInBeside(page, 'operator1')
    const answered = answerTo(page)
    await page.click('button[data-main]')
    await answered
    assert.lengthOf(await db.from('entries'), 1)
  })

  test('the login over a page goes when another window has signed in anew', async ({ assert }) => {
    await givenSubmission()
    const page = await keyer()
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await page.fill('#name', '山田 はるゑ')
    await db.from('sessions').delete()
    const answered = answerTo(page)
    await page.click('button[data-main]')
    const dialog = page.locator('dialog[data-session]')
    await dialog.waitFor({ state: 'visible' })
    await signInBeside(page, 'operator1')
    await answered
    assert.lengthOf(await db.from('entries'), 1)
  })

  test('nothing becomes the work of somebody else who has signed in beside', async ({ assert }) => {
    await givenSubmission()
    const page = await keyer()
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await page.fill('#name', '山田 はるゑ')
    await signInBeside(page, 'operator2')
    const answered = answerTo(page)
    // A draft that is kept meanwhile may have opened the login over the page already.
    await page.locator('button[data-main]').dispatchEvent('click')
    const dialog = page.locator('dialog[data-session]')
    await dialog.waitFor({ state: 'visible' })
    assert.include(await dialog.innerText(), 'ほかの人がログインしています')
    assert.lengthOf(await db.from('entries'), 0)
    await page.fill('#login-again-password', 'wrong')
    await page.keyboard.press('Enter')
    await dialog.locator('[data-problem]:not([hidden])').waitFor()
    assert.lengthOf(await db.from('events').where('verb', 'login.ended'), 0)
    await page.fill('#login-again-password', 'aone-demo')
    await page.keyboard.press('Enter')
    await answered
    const [entry] = await db.from('entries')
    assert.equal(entry.user_id, (await person('operator1')).id)
  })

  test('Esc asks where something was typed, and asks nothing where nothing was', async ({
    assert,
  }) => {
    await givenSubmission()
    const page = await keyer()
    const asked: string[] = []
    page.on('dialog', (dialog) => {
      asked.push(dialog.message())
      void (asked.length === 1 ? dialog.dismiss() : dialog.accept())
    })
    await page.locator('#name_kana').pressSequentially('ヤ')
    await page.keyboard.press('Escape')
    await page.waitForTimeout(300)
    assert.match(page.url(), /assignments/)
    assert.equal(await page.inputValue('#name_kana'), 'ヤ')
    await page.keyboard.press('Escape')
    await page.waitForURL(/\/work$/)
    assert.lengthOf(asked, 2)
    assert.match(asked[0], /入れたものがあります/)
    await page.keyboard.press('N')
    await page.waitForURL(/assignments/)
    await page.keyboard.press('Escape')
    await page.waitForURL(/\/work$/)
    assert.lengthOf(asked, 2)
  })

  test('a second doubtful value after a correction is asked about again', async ({ assert }) => {
    await givenSubmission()
    const page = await keyer()
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await save(page)
    assert.equal(await page.locator('.has-problem #name').count(), 1)
    await page.fill('#name', '山田 はるゑ')
    await page.fill('#name_kana', '山田')
    await save(page)
    assert.equal(await page.locator('.has-problem #name_kana').count(), 1)
    assert.lengthOf(await db.from('entries'), 0)
    await save(page)
    assert.lengthOf(await db.from('entries'), 1)
  })

  test('what was just saved can be taken back until the next is saved', async ({ assert }) => {
    await givenSubmission()
    const page = await keyer()
    await page.fill('#name_kana', 'ヤマダ ハルエ')
    await page.fill('#name', '山田 はるえ')
    await save(page)
    assert.lengthOf(await db.from('entries'), 1)
    await page.keyboard.press('F9')
    await page.locator('#name').waitFor()
    assert.equal(await page.inputValue('#name'), '山田 はるえ')
    assert.lengthOf(await db.from('entries'), 0)
    await page.fill('#name', '山田 はるゑ')
    await save(page)
    assert.lengthOf(await db.from('entries'), 1)
    await page.keyboard.press('Tab')
    await save(page)
    if (await page.locator('button[name=sure]').count()) await save(page)
    // Now it is the second that could be taken back; the first counts.
    const open = await db.from('assignments').whereRaw('final_at > now()')
    assert.lengthOf(open, 1)
    assert.lengthOf(await db.from('entries'), 2)
  })

  test('on a phone the snippet stays in view while the fields scroll', async ({ assert }) => {
    await givenSubmission()
    const page = await keyer()
    await page.setViewportSize({ width: 390, height: 560 })
    await page.locator('.snippet img').waitFor()
    await page.evaluate(() =>
      window.scrollTo(0, document.querySelector('.keys')!.getBoundingClientRect().top)
    )
    const box = await page.locator('.snippet').boundingBox()
    assert.isAtLeast(box!.y, 0)
    assert.isAtMost(box!.y + box!.height, 560 * 0.4)
  })
})

test.group('Keys alone', (group) => {
  let screens: Screens
  group.setup(async () => {
    screens = await Screens.open()
    return () => screens.close()
  })
  group.each.setup(reset)

  test('choices are made by digits', async ({ assert }) => {
    await givenSubmission()
    const { version } = await vaccination()
    const choices = version.description.groups.find((one) =>
      one.fields.some((field) => field.kind === 'choice')
    )!
    const field = choices.fields.find((one) => one.kind === 'choice')!
    const task = await db
      .from('tasks')
      .where({ kind: 'key', group_key: choices.key, pass: 1 })
      .first()
    const page = await screens.of('operator1')
    await page.evaluate(async (id) => {
      const token = document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')!.content
      const { url } = await fetch('/work/assignments', {
        method: 'POST',
        headers: { 'x-csrf-token': token },
        body: new URLSearchParams({ task_id: id }),
      })
      location.assign(url)
    }, String(task.id))
    await page.waitForURL(/assignments/)
    await page.locator(`input[name="values[${field.key}]"]`).first().focus()
    await page.keyboard.press('2')
    assert.equal(
      await page.locator(`input[name="values[${field.key}]"]:checked`).inputValue(),
      field.options![1].value
    )
  })

  test('the leader decides without a mouse: digits choose, typing is a text of one’s own', async ({
    assert,
  }) => {
    const submission = await givenSubmission()
    await keyAll(answers(), answers({ name: '山田 春江', phone: '0263009999' }))
    assert.equal((await submission.refresh()).state, 'adjudicating')
    const page = await screens.of('leader')
    await page.goto('/work')
    await page.keyboard.press('N')
    await page.waitForURL(/assignments/)
    const seen: string[] = []
    while (page.url().includes('assignments')) {
      const before = page.url()
      const focused = await page.evaluate(() => (document.activeElement as HTMLInputElement).name)
      seen.push(focused)
      if (focused === 'chosen[name]') {
        await page.keyboard.press('3')
        await page.keyboard.insertText('山田 はるゑ')
      } else await page.keyboard.press('1')
      await page.keyboard.press('Enter')
      await page.waitForURL((url) => url.href !== before)
    }
    await drainFlow()
    assert.includeMembers(seen, ['chosen[name]', 'chosen[phone]'])
    assert.notEqual((await submission.refresh()).state, 'adjudicating')
    const decided = await db.from('adjudications').select('field_key', 'chosen_entry_id')
    assert.isNull(decided.find((row) => row.field_key === 'name').chosen_entry_id)
    assert.isNotNull(decided.find((row) => row.field_key === 'phone').chosen_entry_id)
  })
})
