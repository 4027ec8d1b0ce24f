import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** The project's folder. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** Settings and secrets of this installation. */
export const SETTINGS_FILE = join(ROOT, '.env')

/** @returns {Record<string, string>} what `.env` says; nothing where there is none */
export function readSettings() {
  if (!existsSync(SETTINGS_FILE)) return {}
  return Object.fromEntries(
    readFileSync(SETTINGS_FILE, 'utf8')
      .split('\n')
      .flatMap((line) => {
        const match = /^([A-Z_]+)=(.*)$/.exec(line.trim())
        return match ? [[match[1], match[2]]] : []
      })
  )
}
