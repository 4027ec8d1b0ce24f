import db from '@adonisjs/lucid/services/db'
import Calendar from '#app/bookings/calendar'
import { addCalendar } from '#app/bookings/calendars/keep_calendar'
import { putStops } from '#app/bookings/stops/keep_stops'
import type { ServiceFiles, Text } from '#app/catalog/description'
import { addLayout } from '#app/clients/save_layout'
import type { Queries } from '#app/core/queries'
import type { Transition } from '#app/core/transition'
import type { Companions } from '#app/studio/companions/companions'
import { calendarsOf } from '#app/studio/companions/gather_companions'

/** Leaves out what there is already at a client. */
export async function newCompanions(
  service: { slug: string; clientId: string },
  brought: Companions,
  client: Queries = db
): Promise<Companions> {
  const { clientId } = service
  const known = async (table: string, column: string) => {
    const rows: { value: string | number }[] = await client
      .from(table)
      .where(`${table}.client_id`, clientId)
      // Layouts are a service's: another's of the same name is another.
      .if(table === 'export_layouts', (query) =>
        query
          .join('services', 'services.id', 'export_layouts.service_id')
          .where('slug', service.slug)
      )
      .select(`${table}.${column} as value`)
    return new Set(rows.map(({ value }) => value))
  }
  const [stops, calendars, layouts] = [
    await known('stops', 'number'),
    await known('calendars', 'slug'),
    await known('export_layouts', 'name'),
  ]
  return {
    stops: brought.stops.filter(({ number }) => !stops.has(number)),
    calendars: brought.calendars.filter(({ slug }) => !calendars.has(slug)),
    layouts: brought.layouts.filter(({ name }) => !layouts.has(name)),
  }
}

/** Calendars that a service names, and that neither stand at the client nor come with it. */
export async function missingCalendars(
  clientId: string,
  files: ServiceFiles,
  brought: Companions
): Promise<string[]> {
  const known = await Calendar.query().where('clientId', clientId).select('slug')
  const there = [...known, ...brought.calendars].map(({ slug }) => slug)
  return calendarsOf(files).filter((slug) => !there.includes(slug))
}

/** Puts what a kit brings beside its service where there is none of that name; what there is stays as it is. */
export async function takeCompanions(
  t: Transition,
  service: { id: string; slug: string; clientId: string },
  brought: Companions,
  actorId: string | null
): Promise<void> {
  const { clientId } = service
  const { stops, calendars, layouts } = await newCompanions(service, brought, t.trx)
  await putStops(t, clientId, stops, actorId)
  for (const calendar of calendars) await addCalendar(t, { clientId, ...calendar }, actorId)
  for (const layout of layouts) await addLayout(t.trx, service, layout, actorId)
}

/** Names of what comes with a kit, for people. */
export function namesOf({ calendars, layouts }: Companions): Text[] {
  return [
    ...calendars.map(({ name }) => name),
    ...layouts.map(({ name }) => ({ ja: name, en: name })),
  ]
}
