/// <reference lib="dom" />
import { test } from '@japa/runner'
import type { Page } from 'playwright'
import sharp from 'sharp'
import { listKits } from '#app/batches/kinds/kits'
import { drainFlow } from '#app/flow/sweeper'
import { Screens } from '#tests/support/chromium'
import { silence } from '#tests/support/sound'
import { reset } from '#tests/support/reset'

/** What somebody would key into each kind of field. */
const TYPED: Record<string, string> = {
  postcode: '3999101',
  phone: '0263001111',
  date: '2026-11-27',
  money: '1200',
  digits: '3',
}

/** A file of its own for each kit that is about files. */
async function fileFor(kit: string): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  if (kit === 'transcription')
    return { name: '会議.wav', mimeType: 'audio/wav', buffer: silence(2) }
  const background = { r: 230, g: 230, b: 220 }
  const picture = sharp({ create: { width: 600, height: 360, channels: 3, background } })
  return { name: '紙.png', mimeType: 'image/png', buffer: await picture.png().toBuffer() }
}

async function submit(page: Page, button: string): Promise<void> {
  const load = page.waitForEvent('load')
  await page.locator(button).first().click()
  await load
}

/** The leader makes a kind as it comes, and a batch of it; hands in what it is about. */
async function begin(leader: Page, kit: string): Promise<string> {
  await leader.goto(`/work-kinds/new?kit=${kit}`)
  await submit(leader, 'main form button.main')
  await leader.goto(`/batches/new?kind=${new URL(leader.url()).pathname.split('/').at(-1)}`)
  await leader.selectOption('#client', { label: '青嶺市 健康課' })
  await leader.fill('#title', kit)
  await leader.fill('#due_on', '2099-01-05')
  await leader.fill('#asked_pieces', '1')
  await submit(leader, 'main form button.main')
  const batch = new URL(leader.url()).pathname
  if (await leader.locator('input#file').count()) {
    const table = 'フリガナ,宛名,電話\r\nアオミネ タロウ,青嶺 太郎,0263-00-1111\r\n'
    const file = { name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(table) }
    await leader.setInputFiles('input#file', file)
    await submit(leader, 'form.drop button.main')
  } else {
    if (await leader.locator('input#files').count()) {
      await leader.setInputFiles('input#files', await fileFor(kit))
      await leader.waitForSelector('.uploads .is-good')
    }
    await submit(leader, 'form[action$="/begin"] button.main')
  }
  await drainFlow()
  return batch
}

/** Somebody accepts what is offered, and answers by keyboard until nothing is left for them. */
async function work(operator: Page): Promise<void> {
  for (;;) {
    await operator.goto('/work')
    const offer = operator.locator('a[href^="/work/offers/"]').first()
    if ((await offer.count()) === 0) return
    await offer.click()
    await operator.waitForURL('**/work/offers/*')
    await submit(operator, 'form[action="/work/packs"] button.main')
    await submit(operator, 'form[action$="/next"] button.main')
    while (operator.url().includes('/work/assignments/')) await answer(operator)
  }
}

async function answer(operator: Page): Promise<void> {
  const fields = operator.locator('.keys :is(input[type=text], textarea)')
  for (let index = 0; index < (await fields.count()); index++) {
    const label = await fields.nth(index).evaluate((field) => {
      const { labels, inputMode } = field as HTMLInputElement
      return `${labels?.[0]?.textContent?.trim()} ${inputMode}`
    })
    await fields.nth(index).fill(valueFor(label))
  }
  const choice = operator.locator('.keys input[type=radio]').first()
  if (await choice.count()) await choice.check()
  const load = operator.waitForEvent('load')
  await fields.last().press('Control+Enter')
  await load
}

function valueFor(label: string): string {
  if (/郵便番号/.test(label)) return TYPED.postcode
  if (/電話/.test(label)) return TYPED.phone
  if (/日 /.test(label)) return TYPED.date
  if (/合計|消費税/.test(label)) return TYPED.money
  if (/の数/.test(label) || /numeric/.test(label)) return TYPED.digits
  if (/フリガナ/.test(label)) return 'アオミネ タロウ'
  if (/住所/.test(label)) return '長野県青嶺市中央1-2-3'
  return '青嶺 太郎'
}

test.group('Each kind of work that comes with the product', (group) => {
  group.each.setup(reset)

  test('goes from a commission to an accepted delivery, on screens alone', async ({ assert }) => {
    const screens = await Screens.open()
    try {
      const [leader, one, other, client] = [
        await screens.of('leader'),
        await screens.of('operator1'),
        await screens.of('operator2'),
        await screens.of('kenko'),
      ]
      for (const { slug } of await listKits('ja')) {
        const batch = await begin(leader, slug)
        // Whatever a second person is to answer is there when the first is done.
        for (const operator of [one, other, one]) await work(operator)
        await leader.goto(batch)
        await submit(leader, 'button[value=deliver]')
        await client.goto(batch)
        const [download] = await Promise.all([
          client.waitForEvent('download'),
          client.click(`a[href="${batch}/file"]`),
        ])
        assert.match(download.suggestedFilename(), /^batch-\d+\.csv$/)
        await client.click('summary:text("受け取る")')
        await submit(client, 'button[value=accept]')
        assert.include(await client.innerText('main'), '受け取りずみ', slug)
      }
      assert.deepEqual(screens.scriptErrors, [])
    } finally {
      await screens.close()
    }
  }).timeout(240_000)

  test('lets a listener play, go back and stamp the time without leaving the text', async ({
    assert,
  }) => {
    const screens = await Screens.open()
    try {
      const leader = await screens.of('leader')
      await begin(leader, 'transcription')
      const operator = await screens.of('operator1')
      await operator.goto('/work')
      await operator.click('a[href^="/work/offers/"]')
      await operator.waitForURL('**/work/offers/*')
      await submit(operator, 'form[action="/work/packs"] button.main')
      await submit(operator, 'form[action$="/next"] button.main')
      const text = operator.locator('textarea[data-writing]')
      await text.focus()
      await operator.waitForFunction(() => document.querySelector('audio')!.readyState > 0)
      await operator.evaluate(() => (document.querySelector('audio')!.currentTime = 1.5))
      await operator.keyboard.press('F9')
      await operator.keyboard.type('はい')
      await operator.keyboard.press('Enter')
      await operator.keyboard.press('F8')
      assert.equal(await text.inputValue(), '[00:00:01] はい\n●')
      await operator.keyboard.press('F7')
      assert.equal(await operator.evaluate(() => document.querySelector('audio')!.currentTime), 0)
      await operator.keyboard.press('Alt+ArrowUp')
      assert.equal(await operator.innerText('[data-speed]'), '×1.25')
      await operator.keyboard.press('F6')
      await operator.waitForFunction(() => !document.querySelector('audio')!.paused)
      assert.deepEqual(screens.scriptErrors, [])
    } finally {
      await screens.close()
    }
  }).timeout(60_000)
})
