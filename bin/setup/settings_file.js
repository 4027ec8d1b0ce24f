import { existsSync, readFileSync, writeFileSync } from 'node:fs'
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

/**
 * Sets one of the settings in `.env`; the others and their notes stay.
 * @param {string} name
 * @param {string} value
 */
export function writeSetting(name, value) {
  const lines = readFileSync(SETTINGS_FILE, 'utf8').trimEnd().split('\n')
  const others = lines.filter((line) => !line.startsWith(`${name}=`))
  writeFileSync(SETTINGS_FILE, `${[...others, `${name}=${value}`].join('\n')}\n`, { mode: 0o600 })
}
