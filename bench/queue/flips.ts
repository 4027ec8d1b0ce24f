/// <reference lib="dom" />
import { chromium, type Page } from 'playwright'
import { CHROMIUM_FLAGS, chromiumPath } from '../../bin/setup/chromium.js'
import { BASE } from '#bench/client'
import { percentile, report } from '#bench/report'
import { DEMO_PASSWORD } from '#database/seeders/demo'

const TASKS = 500
/** Tasks for which each page is loaded anew, as without anything that lies ready. */
const LOADED = 50

/**
 * In Chromium: from the Enter that saves a task until the next snippet is drawn, where it lies ready; beside it, where
 * its page is loaded then.
 * @param values what is typed, by field
 */
export async function benchFlips(values: Record<string, string>): Promise<void> {
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_FLAGS })
  try {
    const page = await browser.newPage({ baseURL: BASE, viewport: { width: 1280, height: 900 } })
    await begin(page)
    const turned: number[] = []
    for (let task = 0; task < TASKS; task++) {
      await type(page, values)
      // Nobody turns before they have read: by then the next one is there.
      await page
        .locator('html:is([data-ready="1"], [data-ready="2"])')
        .waitFor({ state: 'attached' })
      turned.push(await turn(page))
    }
    await page.route('**/ahead', (route) => route.abort())
    await page.reload()
    const loaded: number[] = []
    for (let task = 0; task < LOADED; task++) loaded.push(await load(page, values))
    report(
      'queue',
      { name: 'snippet_flip_p95_ms', value: percentile(turned, 95), unit: 'ms' },
      { name: 'the page is loaded', value: percentile(loaded, 95), moreIsBetter: false }
    )
  } finally {
    await browser.close()
  }
}

async function begin(page: Page): Promise<void> {
  await page.goto('/login')
  await page.fill('#login', 'operator1')
  await page.fill('#password', DEMO_PASSWORD)
  await page.click('button.main')
  await page.waitForURL((url) => url.pathname !== '/login')
  await page.goto('/work')
  await page.keyboard.press('n')
  await page.waitForURL(/assignments/)
}

/** Types what is asked, and stands in the last field. */
async function type(page: Page, values: Record<string, string>): Promise<void> {
  await page.evaluate((typed) => {
    const form = document.querySelector<HTMLFormElement>('form[data-keying]')!
    for (const input of form.querySelectorAll<HTMLInputElement>('input, textarea')) {
      const field = /^values\[(\w+)\]/.exec(input.name)?.[1]
      if (!field || input.type === 'hidden') continue
      const value = typed[field] ?? ''
      if (['radio', 'checkbox'].includes(input.type))
        input.checked = value.split(',').includes(input.value)
      else input.value = value
      input.dispatchEvent(new Event('input', { bubbles: true }))
      input.focus()
    }
  }, values)
}

/** Turns to the next, which lies ready: ms until its snippet is drawn. */
async function turn(page: Page): Promise<number> {
  await page.evaluate(() => {
    const began = new Promise<number>((resolve) =>
      document.addEventListener('keydown', () => resolve(performance.now()), {
        capture: true,
        once: true,
      })
    )
    const drawn = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        const picture = document.querySelector<HTMLImageElement>('.snippet img')
        if (!picture?.complete) return
        observer.disconnect()
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))
      })
      observer.observe(document.querySelector('main')!.parentElement!, { childList: true })
    })
    Object.assign(window, {
      turned: Promise.all([began, drawn]).then(([from, until]) => until - from),
    })
  })
  await page.keyboard.press('Enter')
  return page.evaluate(() => (window as unknown as { turned: Promise<number> }).turned)
}

async function load(page: Page, values: Record<string, string>): Promise<number> {
  await type(page, values)
  const from = performance.now()
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
  return performance.now() - from
}
