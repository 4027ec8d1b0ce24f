import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ROOT, STORAGE } from './paths.js'
import { mustBeWritable } from './runtime.js'
import { inYourLanguage } from './say.js'
import { SETTINGS_FILE, readSettings } from './settings_file.js'

/** A fresh secret: 256 random bits, safe in a file and in a URL. */
export function freshSecret() {
  return randomBytes(32).toString('base64url')
}

/** Settings of a new installation; secrets are made for it alone. */
export function freshSettings() {
  return {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '3333',
    LOG_LEVEL: 'warn',
    INSTALLATION: randomBytes(3).toString('hex'),
    APP_KEY: freshSecret(),
    SEALING_KEYS: freshSecret(),
    CALL_HOOK_SECRET: freshSecret(),
    EMBEDDED_DB_PASSWORD: freshSecret(),
    // A real installation stays one, also where nobody says so again.
    ...(process.env.DEMO === 'false' ? { DEMO: 'false' } : {}),
  }
}

/** Writes `.env` with fresh secrets, readable by its owner only, unless there is one. */
export function createEnvironmentFile() {
  if (existsSync(SETTINGS_FILE)) return
  mustBeWritable(ROOT)
  const lines = Object.entries(freshSettings()).map(([name, value]) => `${name}=${value}`)
  const note =
    '# Made by the first start. Keep it secret and backed up: without SEALING_KEYS nothing sealed can be read.'
  writeFileSync(SETTINGS_FILE, `${note}\n${lines.join('\n')}\n`, { mode: 0o600 })
  // Not to the output: what commands print there may be read by programs.
  console.error(
    `  ${inYourLanguage('Made .env with fresh secrets.', '新しい秘密鍵で .env を作りました。')}`
  )
}

/** Puts the settings of `.env` into process.env; what is set already stays, and what neither says has a default. */
export function loadEnvironment() {
  for (const [name, value] of Object.entries(readSettings())) process.env[name] ??= value
  process.env.TZ ??= 'Asia/Tokyo'
  process.env.FILES_PATH = resolve(ROOT, process.env.FILES_PATH ?? join(STORAGE, 'files'))
  process.env.BACKUP_PATH = resolve(ROOT, process.env.BACKUP_PATH ?? join(STORAGE, 'backups'))
  // Uploads pass through the temporary folder: one that nobody else can enter.
  process.env.TMPDIR = join(STORAGE, 'tmp')
  mkdirSync(process.env.TMPDIR, { recursive: true, mode: 0o700 })
}
