import { readFile } from 'node:fs/promises'
import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import Calendar from '#app/bookings/calendar'
import { openSlots } from '#app/bookings/open_slots'
import { publishService } from '#app/catalog/publish_service'
import { readServiceFiles } from '#app/catalog/service_files'
import Organization from '#app/identity/organization'
import User, { type Place, type Role } from '#app/identity/user'
import { newId } from '#app/shared/ids'

/** The password of every demo login. */
export const DEMO_PASSWORD = 'aone-demo'

interface DemoLogin {
  login: string
  role: Role
  name: string
  places: Place[]
}

/** Fills in the fictional city of Aone: center, health department, their people, the service and its calendar. */
export async function seedDemo(): Promise<void> {
  const logins: DemoLogin[] = JSON.parse(
    await readFile(app.makePath('database/demo_logins.json'), 'utf8')
  )
  const files = await readServiceFiles('vaccination')
  await db.transaction(async (trx) => {
    const center = await Organization.create(
      { id: newId(), kind: 'center', slug: 'center', name: '青嶺市テレワークセンター' },
      { client: trx }
    )
    const client = await Organization.create(
      { id: newId(), kind: 'client', slug: files.client, name: '青嶺市 健康課' },
      { client: trx }
    )
    for (const { login, role, name, places } of logins) {
      const organizationId = role === 'client' ? client.id : center.id
      await User.create(
        {
          id: newId(),
          organizationId,
          login,
          password: DEMO_PASSWORD,
          displayName: name,
          role,
          places,
        },
        { client: trx }
      )
    }
    const calendar = await Calendar.create(
      {
        id: newId(),
        clientId: client.id,
        slug: files.handover.calendar,
        name: { ja: '青嶺市保健センター1階', en: 'Health center, 1st floor' },
        rules: {
          weekdays: [2, 4],
          from: '09:30',
          to: '15:00',
          everyMinutes: 15,
          capacity: 6,
          openDays: 70,
          closures: [],
        },
      },
      { client: trx }
    )
    await openSlots(calendar, trx)
    await publishService(files, client.id, trx)
  })
}
