import { existsSync } from 'node:fs'

/** Debian packages that the browser tests need. */
export const CHROMIUM_PACKAGES = 'chromium fonts-noto-cjk'

export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** @returns {string | undefined} path of a Chromium on this machine; CHROMIUM_PATH names another */
export function chromiumPath() {
  return [
    process.env.CHROMIUM_PATH,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
  ].find((path) => path && existsSync(path))
}

/** @returns {Promise<boolean>} whether a Chromium can be started */
export async function chromiumStarts() {
  const executablePath = chromiumPath()
  if (!executablePath) return false
  const { chromium } = await import('playwright')
  try {
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS })
    await browser.close()
    return true
  } catch {
    return false
  }
}
