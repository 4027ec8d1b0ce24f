import db from '@adonisjs/lucid/services/db'
import Calendar from '#app/bookings/calendar'
import type { ServiceFiles } from '#app/catalog/description'
import { connectors } from '#app/handover/connectors'
import { SlotConnector } from '#app/handover/slot_connector'
import type { Companions } from '#app/studio/companions/companions'

/** Gathers what a service of this installation takes along into a kit. */
export async function companionsFor(serviceId: string, files: ServiceFiles): Promise<Companions> {
  const service: { client_id: string } = await db
    .from('services')
    .where('id', serviceId)
    .firstOrFail()
  const calendars = await Calendar.query()
    .where('clientId', service.client_id)
    .whereIn('slug', calendarsOf(files))
    .orderBy('slug')
  const numbers = calendars.flatMap(({ rules }) => rules.stops ?? [])
  return {
    stops: await db
      .from('stops')
      .where('client_id', service.client_id)
      .whereIn('number', numbers)
      .orderBy('number')
      .select('number', 'name', 'kana'),
    calendars: calendars.map(({ slug, kind, name, rules }) => ({ slug, kind, name, rules })),
    layouts: await newestLayouts(serviceId),
  }
}

/** Short names of the calendars that a service books in, and of its phone hours. */
export function calendarsOf({ handover }: Pick<ServiceFiles, 'handover'>): string[] {
  const connector = connectors.get(handover.connector)
  const hours = connector instanceof SlotConnector ? connector.phoneHours(handover) : null
  return [...connector.calendars(handover), ...(hours ? [hours] : [])]
}

/** The newest layout of each name. */
async function newestLayouts(serviceId: string): Promise<Companions['layouts']> {
  const { rows } = await db.rawQuery<{ rows: Companions['layouts'] }>(
    `select distinct on (name) name, encoding, columns from export_layouts
     where service_id = ? order by name, number desc`,
    [serviceId]
  )
  return rows
}
