/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { chromium, type Browser, type Page } from 'playwright'
import { CHROMIUM_FLAGS, chromiumPath } from '../../bin/setup/chromium.js'
import { DEMO_PASSWORD } from '#database/seeders/demo'
import { watchScreen } from '#tests/support/last_screens'
import { serverUrl } from '#tests/support/visitor'

/** A headless Chromium with a window for each person. */
export class Screens {
  /** what went wrong in the pages' own scripts */
  readonly scriptErrors: string[] = []

  private constructor(readonly browser: Browser) {}

  static async open(): Promise<Screens> {
    return new Screens(
      await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_FLAGS })
    )
  }

  /** A new window in which somebody has logged in. */
  async of(login: string, baseURL = serverUrl()): Promise<Page> {
    const context = await this.browser.newContext({
      locale: 'ja-JP',
      viewport: { width: 1280, height: 900 },
      baseURL,
    })
    // There is no printer here, and a headless browser breaks down over its dialog.
    await context.addInitScript(() => {
      window.print = () => {}
    })
    const page = await context.newPage()
    watchScreen(page)
    page.on('pageerror', (error) => this.scriptErrors.push(error.message))
    await page.goto('/login')
    await page.fill('#login', login)
    await page.fill('#password', DEMO_PASSWORD)
    await page.click('button.main')
    await page.waitForURL((url) => url.pathname !== '/login')
    // From the day's first page to where their work begins.
    if (new URL(page.url()).pathname === '/today')
      await Promise.all([
        page.waitForURL((url) => url.pathname !== '/today'),
        page.click('a[data-key=n]'),
      ])
    return page
  }

  close(): Promise<void> {
    return this.browser.close()
  }
}

/** Keys what stands on the screen, by keyboard alone, and saves. */
export async function keyScreen(page: Page, values: Record<string, string>): Promise<void> {
  const before = page.url()
  for (;;) {
    const focused = await page.evaluate(() => {
      const input = document.activeElement
      if (!(input instanceof HTMLInputElement)) return null
      return {
        field: /\[(\w+)\]/.exec(input.name)?.[1] ?? '',
        type: input.type,
        count: document.getElementsByName(input.name).length,
      }
    })
    if (!focused) throw new Error('Nothing has the focus')
    const value = values[focused.field] ?? ''
    if (focused.type === 'text') await page.keyboard.insertText(value)
    else await chooseByKeys(page, focused, value)
    const last = await page.evaluate(() => {
      const names = [
        ...new Set(
          [
            ...document.querySelectorAll<HTMLInputElement>(
              'form[data-keying] input:not([type=hidden])'
            ),
          ].map((input) => input.name)
        ),
      ]
      return (
        document.activeElement instanceof HTMLInputElement &&
        document.activeElement.name === names.at(-1)
      )
    })
    if (last) {
      await Promise.all([
        page.waitForURL((url) => url.href !== before),
        page.keyboard.press('Enter'),
      ])
      return
    }
    await page.keyboard.press('Enter')
  }
}

/** Radio buttons by arrows, ticks by Tab and Space. */
async function chooseByKeys(
  page: Page,
  { type, field }: { type: string; field: string },
  value: string
): Promise<void> {
  const wanted = value.split(',')
  const current = () => page.evaluate(() => (document.activeElement as HTMLInputElement).value)
  if (type === 'radio') {
    await page.keyboard.press('Space')
    for (let step = 0; step < 8 && (await current()) !== value; step++)
      await page.keyboard.press('ArrowDown')
    return
  }
  const options = await page.locator(`input[type=checkbox][name="values[${field}][]"]`).count()
  for (let index = 0; index < options; index++) {
    if (wanted.includes(await current())) await page.keyboard.press('Space')
    if (index < options - 1) await page.keyboard.press('Tab')
  }
}
