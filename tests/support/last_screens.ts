/// <reference lib="dom" />
import type { Suite, Test } from '@japa/runner/core'
import type { Page } from 'playwright'

/** So much of a page's words is enough to see where somebody was. */
const WORDS = 1_500

/** the windows in which somebody works in the test that runs */
const open = new Set<Page>()

/** Notes a window that somebody works in, so that a test that fails can say what stood on it. */
export function watchScreen(page: Page): void {
  open.add(page)
  page.on('close', () => open.delete(page))
}

/** Has each test that fails print what stood on its windows: what happens once in a hundred runs is seen once. */
export function showScreensOfFailed(suite: Suite): void {
  const watch = (test: Test) =>
    void test.setup(() => async (hasError) => {
      if (hasError) for (const page of open) console.error(await described(page))
      open.clear()
    })
  suite.onTest(watch)
  suite.onGroup((group) => void group.tap(watch))
}

async function described(page: Page): Promise<string> {
  const shown = await page
    .evaluate(() => ({
      focus: document.activeElement?.outerHTML.slice(0, 200) ?? '',
      dialogs: document.querySelectorAll('dialog[open]').length,
      words: document.body.innerText,
    }))
    .catch((error: Error) => ({ focus: error.message, dialogs: 0, words: '' }))
  return [
    `at ${page.url()}, ${shown.dialogs} dialogs open, the focus on ${shown.focus}`,
    shown.words.slice(0, WORDS),
  ].join('\n')
}
