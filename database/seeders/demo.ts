import { readFile } from 'node:fs/promises'
import { DateTime } from 'luxon'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'
import { importPostcodes } from '#app/catalog/addresses/import_postcodes'
import { acceptanceOf } from '#app/catalog/acceptance_rules'
import { newestVersion } from '#app/catalog/frozen_version'
import { csvLines } from '#app/core/csv_file'
import { receiveLedger } from '#app/registry/ledger/receive_ledger'
import { takeLedger } from '#app/registry/ledger/take_ledger'
import { publishService } from '#app/catalog/publish_service'
import { keepPictures, picturesOfKit } from '#app/catalog/guide_pictures'
import { filesIn, readKit } from '#app/catalog/service_files'
import Service from '#app/catalog/service'
import Organization from '#app/people/organization'
import User, { type BuiltInRole, type Site } from '#app/people/user'
import { compareRegister } from '#app/registry/compare_register'
import { receiveRegister } from '#app/registry/receive_register'
import { decideOnRegister } from '#app/registry/decide_on_register'
import { takeRegister } from '#app/registry/take_register'
import { demoRegister } from '#app/samples/demo_register'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { addDays } from '#app/core/japanese_calendar'
import { companionsOfKit } from '#app/studio/companions/companions'
import { takeCompanions } from '#app/studio/companions/take_companions'
import { addCalendar } from '#app/bookings/calendars/keep_calendar'
import { Transition } from '#app/core/transition'
import { DEMO_ARTICLES, DEMO_LESSONS, DEMO_PARTNERS, DEMO_ROOMS } from '#database/seeders/demo_city'

/** The password of every demo login. */
export const DEMO_PASSWORD = 'aone-demo'

interface DemoLogin {
  login: string
  role: BuiltInRole
  organization?: string
  name: string
  sites: Site[]
}

const CLIENTS = [
  ['health', '青嶺市 健康課'],
  ['transport', '青嶺市 交通政策課'],
  ['welfare', '青嶺市 福祉課'],
  ['donation', '青嶺市 ふるさと寄附課'],
] as const
/** The one of the demo's partners whose people sign in. */
const PARTNER = { slug: 'silver', name: '青嶺シルバー人材センター' }

/** Fills in the fictional city of Aone: center, departments, their people, services and calendars. */
export async function seedDemo(): Promise<void> {
  await db.transaction(async (trx) => {
    const center = await Organization.create(
      { id: newId(), kind: 'center', slug: 'center', name: '青嶺市テレワークセンター' },
      { client: trx }
    )
    const organizations = new Map<string, string>()
    for (const [slug, name] of CLIENTS) {
      const client = await Organization.create(
        { id: newId(), kind: 'client', slug, name },
        { client: trx }
      )
      organizations.set(slug, client.id)
    }
    const partner = await Organization.create(
      { id: newId(), kind: 'partner', ...PARTNER },
      { client: trx }
    )
    organizations.set(partner.slug, partner.id)
    await seedPeople(trx, center.id, organizations)
    for (const slug of ['vaccination', 'bus', 'onestop', 'benefit']) {
      const read = filesIn(app.makePath('resources/services', slug))
      const { files, pictures } = await picturesOfKit(await readKit(read), read)
      await keepPictures(slug, pictures, trx)
      const { serviceId: id } = await publishService(files, organizations.get(files.client)!, trx)
      const service = { id, slug, clientId: organizations.get(files.client)! }
      await takeCompanions(new Transition(trx), service, await companionsOfKit(read), null)
    }
    await seedDesk(trx, center.id, partner)
    await trx.table('mail_servers').insert({ id: newId(), mode: 'outbox' })
  })
}

/** The donation section's ledger: what the sample forms are about, one of them with another amount. */
export async function seedLedger(donations: Record<string, string>[]): Promise<void> {
  const user = await User.findByOrFail('login', 'kifu')
  const service = await Service.findByOrFail('slug', 'onestop')
  const { description } = await newestVersion(service.id)
  const rules = acceptanceOf(description.handover)?.ledger
  if (!rules) return
  const headings = rules.columns.map(({ heading }) => heading)
  const rows = donations.map((values, index) =>
    rules.columns.map(({ field }) =>
      index === 1 && field === 'amount' ? '15000' : (values[field] ?? '')
    )
  )
  const { bytes } = csvLines([headings, ...rows], 'utf8')
  const received = await receiveLedger(user, service, { name: 'ledger.csv', content: bytes })
  await takeLedger(received.id)
}

/** The postcodes of the demo city alone; an installation takes in Japan Post's file. */
export async function seedPostcodes(): Promise<void> {
  await importPostcodes(await readFile(app.makePath('resources/postcodes/sample.csv')))
}

/** The health department's register of eligible people, brought in as its file is. */
export async function seedRegister(): Promise<void> {
  const client = await User.findByOrFail('login', 'kenko')
  const service = await Service.findByOrFail('slug', 'vaccination')
  const received = await receiveRegister(client, service, {
    name: 'register.csv',
    content: demoRegister().full,
    mode: 'full',
  })
  await compareRegister(received.id)
  await decideOnRegister(client, received.id, true)
  await takeRegister(received.id)
}

async function seedPeople(
  trx: TransactionClientContract,
  centerId: string,
  organizations: Map<string, string>
): Promise<void> {
  const logins: DemoLogin[] = JSON.parse(
    await readFile(app.makePath('database/demo_logins.json'), 'utf8')
  )
  for (const { login, role, organization, name, sites } of logins) {
    await User.create(
      {
        id: newId(),
        organizationId: organization ? organizations.get(organization)! : centerId,
        login,
        password: DEMO_PASSWORD,
        displayName: name,
        role,
        sites,
        seesProtected: ['kenko', 'admin'].includes(login),
        invitedAt: DateTime.now(),
      },
      { client: trx }
    )
  }
  await seedEngagements(trx, centerId)
}

/** Seeds the terms of the center's people: of one the agreement ends soon. */
async function seedEngagements(trx: TransactionClientContract, centerId: string): Promise<void> {
  const people = await User.query({ client: trx }).where('organizationId', centerId)
  await trx.table('engagements').multiInsert(
    people.map(({ id, login, role }) => ({
      user_id: id,
      kind: role === 'operator' ? 'entrusted' : 'employed',
      starts_on: addDays(today(), -120),
      ends_on: null,
      nda_until: addDays(today(), login === 'operator2' ? 20 : 245),
      trained_on: addDays(today(), -100),
      region: login === 'operator4' ? '上久保' : '中央',
    }))
  )
}

/** Seeds what the desk needs around it: partners, handouts, lessons. */
async function seedDesk(
  trx: TransactionClientContract,
  centerId: string,
  partner: Organization
): Promise<void> {
  await trx.table('partners').multiInsert(
    DEMO_PARTNERS.map(([name, phone, does]) => ({
      id: newId(),
      client_id: centerId,
      name,
      phone,
      does,
      organization_id: name === partner.name ? partner.id : null,
    }))
  )
  await trx.table('articles').multiInsert(
    DEMO_ARTICLES.map(([title, ...lines]) => ({
      id: newId(),
      client_id: centerId,
      title,
      lines: JSON.stringify(lines),
    }))
  )
  await trx.table('lessons').multiInsert(
    DEMO_LESSONS.map(([title, place, minutes, capacity, days, time]) => ({
      id: newId(),
      client_id: centerId,
      title,
      place,
      minutes,
      capacity,
      starts_at: `${addDays(today(), days)}T${time}:00`,
    }))
  )
  for (const { slug, name, capacity } of DEMO_ROOMS)
    await addCalendar(
      new Transition(trx),
      {
        clientId: centerId,
        slug,
        name,
        kind: 'seats',
        rules: {
          weekdays: [1, 2, 3, 4, 5],
          from: '09:00',
          to: '16:00',
          everyMinutes: 60,
          capacity,
          openDays: 28,
          closures: [],
        },
      },
      null
    )
}
