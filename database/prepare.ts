import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { migrateQueue } from '#app/core/queue'
import Service from '#app/catalog/service'
import ServiceVersion from '#app/catalog/service_version'
import type { Description } from '#app/catalog/description'
import { writeDemoSamples, writeTwoForms } from '#app/samples/write_demo_samples'
import { grantToApplication } from '#database/grant_to_application'
import { migrate } from '#database/migrate'
import { seedDemo, seedLedger, seedPostcodes, seedRegister } from '#database/seeders/demo'

/** An advisory lock of one's own: two starts at once migrate one after the other. */
const PREPARE_LOCK = 7_300

/**
 * Migrates application and queue, checks that Japanese text can be searched, and seeds the demo city
 * into an empty database (and no other), with sample scans to try it on. Two starts at once do it one after the other.
 * @throws when a migration fails or the server's character type is unfit
 */
export async function prepareDatabase({
  demo,
  samples = false,
  onMigrate = () => {},
  application = null,
}: {
  demo: boolean
  samples?: boolean
  /** is told which migrations an installation gets that was there before */
  onMigrate?: (migrations: string[]) => void
  /** the address by which the application signs in, where that isn't the owner's */
  application?: string | null
}): Promise<void> {
  await db.transaction(async (lock) => {
    await lock.rawQuery('select pg_advisory_xact_lock(?)', [PREPARE_LOCK])
    await assertJapaneseSearch()
    await migrateQueue()
    const tables = await db.from('pg_tables').where('schemaname', 'public').limit(1)
    await db.transaction(async (trx) => {
      await migrate(trx, tables.length > 0 ? onMigrate : () => {})
      if (application) await grantToApplication(trx, new URL(application))
    })
    if (!demo) return
    if ((await db.from('organizations').limit(1)).length === 0) {
      await db.table('demo_seeding').insert({ samples })
      await seedDemo()
    }
    if ((await db.from('demo_seeding').limit(1)).length === 0) return
    await finishDemo(samples)
    await db.from('demo_seeding').delete()
  })
}

/** The register, the ledger and the sample files come last: they go through the product's own doors. */
async function finishDemo(samples: boolean): Promise<void> {
  if ((await db.from('register_imports').limit(1)).length === 0) {
    await seedPostcodes()
    await seedRegister()
  }
  if (!samples) return
  const folder = app.makePath('resources/samples')
  await writeDemoSamples(...(await newestDescription('vaccination')), folder)
  await writeTwoForms(...(await newestDescription('benefit')), join(folder, '07-benefit'))
  const donations = await newestDescription('onestop')
  await seedLedger(await writeTwoForms(...donations, join(folder, '08-onestop')))
}

async function newestDescription(slug: string): Promise<[Description, number]> {
  const service = await Service.findByOrFail('slug', slug)
  const version = await ServiceVersion.query()
    .where('serviceId', service.id)
    .orderBy('number', 'desc')
    .firstOrFail()
  return [version.description, version.number]
}

/** Under locale C, pg_trgm finds nothing in Japanese text. */
async function assertJapaneseSearch(): Promise<void> {
  await db.rawQuery('create extension if not exists pg_trgm')
  const { rows } = await db.rawQuery<{ rows: { found: string[] }[] }>(
    "select show_trgm('東京都墨田区') as found"
  )
  if (rows[0].found.length === 0) {
    throw new Error(
      'This PostgreSQL was made with LC_CTYPE=C: make the database with lc_ctype C.UTF-8 or ja_JP.UTF-8.'
    )
  }
}
