import db from '@adonisjs/lucid/services/db'
import env from '#start/env'
import { SETTING_SECTIONS, settings } from '#app/core/settings'

/** Names that stay in `.env`: needed before the database is there, or secrets of the machine. */
const MACHINE = [
  'HOST',
  'PORT',
  'HTTPS',
  'TRUST_PROXY',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'FILES_PATH',
  'BACKUP_PATH',
  'BACKUP_PASSPHRASE',
  'METRICS_PORT',
  'METRICS_HOST',
  'APP_KEY',
  'SEALING_KEYS',
  'CALL_HOOK_SECRET',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_CLIENT_SECRET',
  'OIDC_NAME_CLAIM',
  'CLIENT_CERTIFICATE_HEADER',
  'EXTENSIONS',
] as const
/** Names whose values are shown; of all others only that they are set. */
const SHOWN: readonly string[] = [
  'HOST',
  'PORT',
  'HTTPS',
  'TRUST_PROXY',
  'FILES_PATH',
  'BACKUP_PATH',
  'METRICS_PORT',
  'METRICS_HOST',
  'OIDC_ISSUER',
  'OIDC_CLIENT_ID',
  'OIDC_NAME_CLAIM',
  'CLIENT_CERTIFICATE_HEADER',
  'EXTENSIONS',
]

/** Lists the settings by section, with who changed each last and when; and what is set on the machine itself. */
export async function listSettings() {
  const rows: {
    name: string
    value: number | null
    text: string | null
    changed_at: Date
    changed_by: string
  }[] = await db
    .from('settings')
    .join('users', 'users.id', 'settings.changed_by')
    .select(
      'settings.name',
      'settings.value',
      'settings.text',
      'settings.changed_at',
      'users.display_name as changed_by'
    )
  const set = new Map(rows.map((row) => [row.name, row]))
  return {
    sections: SETTING_SECTIONS.map((name) => ({
      name,
      settings: settings
        .all()
        .filter(({ section }) => section === name)
        .map((setting) => ({
          ...setting,
          key: setting.key,
          field: setting.field,
          now: setting.shown(set.get(setting.name) ?? null),
          comes: setting.shown(null),
          changed: set.get(setting.name) ?? null,
        })),
    })),
    machine: MACHINE.map((name) => ({
      name,
      value: SHOWN.includes(name) ? String(env.get(name) ?? '') : null,
      isSet: env.get(name) !== undefined,
    })),
  }
}
