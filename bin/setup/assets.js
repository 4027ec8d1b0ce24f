import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.js'
import { say } from './say.js'

/** From what the screens were built stands beside them: other installations of this folder (STORAGE_PATH) use them too. */
const STAMP = join(ROOT, 'public/assets/.vite/sources.hash')

/** Builds styles, scripts and fonts for the browser unless what they are made from is unchanged. */
export async function buildAssets() {
  const wanted = sourceHash()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  say('Building the screens …', '画面を組み立てています …')
  const { build } = await import('vite')
  await build({ root: ROOT, logLevel: 'error' })
  // Written last: a build that was broken off is made anew.
  writeFileSync(STAMP, wanted)
}

function sourceHash() {
  const hash = createHash('sha256')
  for (const folder of ['resources/css', 'resources/js']) {
    for (const file of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      if (file.isFile())
        hash.update(file.name).update(readFileSync(join(file.parentPath, file.name)))
    }
  }
  for (const file of ['vite.config.ts', 'package-lock.json'])
    hash.update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}
