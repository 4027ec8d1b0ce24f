/**
 * `node ace backup:restore FOLDER`: brings a back-up to a machine that has nothing yet. Plain JavaScript: it begins
 * before anything is installed, and gives this installation the secrets of the one that was backed up.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createInterface } from 'node:readline/promises'
import { openSecrets } from './backup_keys.js'
import { installDependencies } from './dependencies.js'
import { freshSettings, loadEnvironment } from './environment.js'
import { STORAGE } from './paths.js'
import { RUNNING_DATABASE } from './database_url.js'
import { SetupError, say } from './say.js'
import { SETTINGS_FILE } from './settings_file.js'

const SPARE = 500 * 2 ** 20

/** @param {string[]} args FOLDER [--journal FILE | --without-journal] */
export async function restore(args) {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'journal': { type: 'string' }, 'without-journal': { type: 'boolean' } },
  })
  const [folder] = positionals
  if (!folder)
    throw new SetupError(
      'Name the folder of the back-up: node ace backup:restore FOLDER',
      'バックアップのフォルダーを指定してください: node ace backup:restore フォルダー'
    )
  const from = resolve(folder)
  const manifest = readManifest(from)
  if (existsSync(RUNNING_DATABASE))
    throw new SetupError(
      'An installation is running here: a back-up is brought to an empty machine only.',
      'ここではもう動いています。バックアップは、空の機械にだけ戻せます。'
    )
  mkdirSync(STORAGE, { recursive: true, mode: 0o755 })
  assertRoom(from, manifest)
  await takeSecrets(manifest)
  loadEnvironment()
  installDependencies()
  const { startDatabase } = await import('./database.js')
  const { runProgram } = await import('./processes.js')
  const database = process.env.DATABASE_URL
    ? undefined
    : await startDatabase({ name: 'database', password: process.env.EMBEDDED_DB_PASSWORD ?? '' })
  try {
    if (database) {
      process.env.DATABASE_URL = database.url
      process.env.DATABASE_OWNER_URL = database.ownerUrl
      writeFileSync(RUNNING_DATABASE, JSON.stringify({ port: database.port }), { mode: 0o600 })
    }
    process.env.RESTORE_FROM = from
    if (values.journal) process.env.RESTORE_JOURNAL = resolve(values.journal)
    if (values['without-journal']) process.env.RESTORE_WITHOUT_JOURNAL = 'yes'
    await runProgram('bin/restore.ts')
  } finally {
    await database?.stop()
    if (database) rmSync(RUNNING_DATABASE, { force: true })
  }
}

/** @param {string} from */
function readManifest(from) {
  const file = join(from, 'manifest.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'))
  throw new SetupError(
    `${from} holds no back-up (there is no manifest.json).`,
    `${from} にバックアップがありません(manifest.json がありません)。`
  )
}

/**
 * @param {string} from
 * @param {{ files: { bytes: number } }} manifest
 */
function assertRoom(from, manifest) {
  const { bavail, bsize } = statfsSync(STORAGE)
  if (bavail * bsize > manifest.files.bytes + SPARE) return
  throw new SetupError(
    `There is too little room for ${from}. Nothing was changed.`,
    `${from} を戻すには、ディスクの空きが足りません。何も変えていません。`
  )
}

/**
 * Gives this installation the secrets of the one that was backed up, where it has none of its own.
 * @param {{ installation: string, keys: Parameters<typeof openSecrets>[0] | null }} manifest
 */
async function takeSecrets(manifest) {
  if (existsSync(SETTINGS_FILE)) return
  if (!manifest.keys)
    throw new SetupError(
      'The keys are not in this back-up. Put the .env that was kept apart into this folder first.',
      'このバックアップに鍵は入っていません。別に保管した .env を、先にこのフォルダーに置いてください。'
    )
  const passphrase = process.env.BACKUP_PASSPHRASE ?? (await ask())
  const secrets = openSecrets(manifest.keys, passphrase)
  if (!secrets)
    throw new SetupError(
      'This is not the passphrase of the back-up. Nothing was changed.',
      'バックアップの合言葉がちがいます。何も変えていません。'
    )
  const settings = { ...freshSettings(), ...secrets, DEMO: 'false' }
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`)
  writeFileSync(
    SETTINGS_FILE,
    `# Brought back from a back-up. Keep it secret.\n${lines.join('\n')}\n`,
    {
      mode: 0o600,
    }
  )
  say('The keys of the back-up are in .env.', 'バックアップの鍵を .env に入れました。')
}

async function ask() {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question('BACKUP_PASSPHRASE: ')
  terminal.close()
  return answer
}
