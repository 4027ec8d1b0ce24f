import { rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import pg from 'pg'
import db from '@adonisjs/lucid/services/db'
import logger from '@adonisjs/core/services/logger'
import type User from '#app/people/user'
import { backupPath } from '#app/center/backups/backup_path'
import { copyJournal } from '#app/center/backups/journal'
import Backup from '#app/center/backups/backup'
import { reasonOf, writeBackup } from '#app/center/backups/create_backup'
import { databaseUrl } from '#config/database_url'
import { wallTime } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { NumberSetting } from '#app/core/number_setting'
import { stackOf } from '#app/core/stack_of'
import { transition } from '#app/core/transition'

/** Back-ups go after so many days; with them, whatever was erased since can't be opened by anybody any more. */
export const backupDays = new NumberSetting({
  name: 'backups.kept_days',
  section: 'kept',
  unit: 'days',
  fallback: 35,
  min: 1,
  max: 400,
})

/** In these hours of the night (Tokyo) one is made; at any hour where the newest is older than a day. */
const NIGHT = { from: '02:00', to: '05:00' }
const NIGHTLY_HOURS = 12
const DAILY_HOURS = 24
/** The server's lock of whoever makes one. */
const LOCK = 'backups'

/** Asks for a back-up now; one that is asked for or being made already is the one. */
export async function askForBackup(user: User): Promise<void> {
  await transition(async (t) => {
    const open = await t.trx.from('backups').whereIn('state', ['asked', 'running']).first()
    if (open) return
    const { id } = await Backup.create(
      { id: newId(), state: 'asked', askedBy: user.id },
      { client: t.trx }
    )
    t.recordOnly({
      verb: 'backup.asked',
      subject: { type: 'backup', id },
      actorId: user.id,
    })
  })
}

/** Makes the back-up that is asked for, or that the night asks for. Run by the workers; one at a time. */
export async function makeBackups(): Promise<void> {
  const isAsked = await Backup.query().where('state', 'asked').first()
  if (isAsked || (await isDue())) await makeBackup(backupPath())
}

/** Makes a back-up now, and keeps what came of it; null where another process is making one. */
export async function makeBackup(to: string): Promise<Backup | null> {
  const client = new pg.Client({ connectionString: databaseUrl() })
  await client.connect()
  try {
    const { rows } = await client.query<{ mine: boolean }>(
      'select pg_try_advisory_lock(hashtext($1)) as mine',
      [LOCK]
    )
    if (!rows[0].mine) return null
    // Whoever ran one without holding the lock any more has died over it.
    const died = await Backup.query().where('state', 'running')
    for (const backup of died) await transition((t) => backup.fail(t, 'stopped'))
    return await runOne(to)
  } finally {
    await client.end()
  }
}

async function runOne(to: string): Promise<Backup> {
  const backup =
    (await Backup.query().where('state', 'asked').orderBy('createdAt').first()) ??
    (await Backup.create({ id: newId(), state: 'asked' }))
  await transition((t) => backup.start(t))
  try {
    const { folder, manifest, missing } = await writeBackup(to)
    backup.merge({
      folder,
      rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
      files: manifest.files.count,
      bytes: manifest.files.bytes,
      withKeys: manifest.keys !== null,
      reason: missing.length > 0 ? 'missing' : null,
    })
    await transition((t) => backup.finish(t))
    await copyJournal()
    if (missing.length > 0) logger.error({ files: missing.length }, 'sealed files are missing')
  } catch (error) {
    logger.error({ stack: stackOf(error) }, 'a back-up failed')
    await transition((t) => backup.fail(t, reasonOf(error)))
  }
  return backup
}

async function isDue(): Promise<boolean> {
  const hours = await hoursSinceNewest()
  if (hours === null) return false
  const time = wallTime().slice(11)
  const isNight = time >= NIGHT.from && time < NIGHT.to
  return hours >= (isNight ? NIGHTLY_HOURS : DAILY_HOURS)
}

/** Hours since the newest back-up that was tried, or since the installation began; null before it has. */
export async function hoursSinceNewest(
  states: Backup['state'][] = ['done', 'failed']
): Promise<number | null> {
  const { rows } = await db.rawQuery<{ rows: { hours: string | null }[] }>(
    `select extract(epoch from now() - coalesce(
       (select max(created_at) from backups where state = any(:states)),
       (select created_at from organizations where kind = 'center'))) / 3600 as hours`,
    { states }
  )
  return rows[0].hours === null ? null : Number(rows[0].hours)
}

/** Whether a back-up lies where it was put. What lies in the folder of back-ups, or not any more, is within reach. */
async function isWithin({ folder }: Backup): Promise<boolean> {
  if (!folder || dirname(folder) === backupPath()) return true
  return stat(folder).then(
    () => true,
    () => false
  )
}

/** Keeps that a copy out of the house was destroyed there. @returns false where there is none out of reach */
export async function forgetBackup(user: User, id: string): Promise<boolean> {
  return transition(async (t) => {
    const found = await Backup.query({ client: t.trx })
      .where({ id, state: 'done', reason: 'out_of_reach' })
      .forUpdate()
      .first()
    await found?.remove(t, user.id)
    return found !== null
  })
}

/** Removes back-ups whose time is over; the newest that is whole stays. */
export async function removeOldBackups(): Promise<void> {
  const days = await backupDays.value()
  const newest = await Backup.query().where('state', 'done').orderBy('createdAt', 'desc').first()
  const over = await Backup.query()
    .where('state', 'done')
    .whereRaw('created_at < now() - make_interval(days => ?)', [days])
    .if(newest, (query) => query.whereNot('id', newest!.id))
  for (const backup of over) {
    // A disk that is out of the house is not gone: somebody says so, or it goes when it is back.
    if (await isWithin(backup)) {
      await rm(backup.folder!, { recursive: true, force: true })
      await transition((t) => backup.remove(t))
    } else await backup.merge({ reason: 'out_of_reach' }).save()
  }
}
