import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.js'
import { mustBeWritable, runNpm } from './runtime.js'
import { SetupError, say } from './say.js'

/**
 * Installs what package-lock.json names, unless that very lock file is installed already. `npm install` and
 * not `npm ci`: the latter wants every optional package of every platform in the lock file.
 */
export function installDependencies() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'))
  const wanted = createHash('sha256').update(lock).digest('hex')
  const stamp = join(ROOT, 'node_modules/.installed-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return

  say(
    'Installing packages (about a minute, the first time only) …',
    '部品を入れています (初回だけ、1分ほど) …'
  )
  mustBeWritable(ROOT)
  const result = runNpm(
    ['install', '--include=dev', '--no-save', '--no-audit', '--no-fund'],
    process.execPath
  )
  if (result.status !== 0) {
    throw new SetupError(
      `npm could not install the packages:\n${lastLines(result.stderr)}`,
      `npmで部品を入れられませんでした:\n${lastLines(result.stderr)}`
    )
  }
  writeFileSync(stamp, wanted)
}

/** @param {string} text */
function lastLines(text) {
  return text.trim().split('\n').slice(-6).join('\n')
}
