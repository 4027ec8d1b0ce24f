import db from '@adonisjs/lucid/services/db'
import { newestVersion } from '#app/catalog/frozen_version'
import type ValueExport from '#app/clients/exports/value_export'

/** Names of services, layouts and people of a list, by id. */
export async function exportNames(exports: ValueExport[]) {
  const ids = (key: 'layoutId' | 'requestedBy' | 'workOrderId') =>
    exports.flatMap((one) => one[key] ?? [])
  const [layouts, users, orders] = await Promise.all([
    db.from('export_layouts').whereIn('id', ids('layoutId')).select('id', 'name'),
    db.from('users').whereIn('id', ids('requestedBy')).select('id', 'display_name as name'),
    db.from('work_orders').whereIn('id', ids('workOrderId')).select('id', 'number as name'),
  ])
  const services = await Promise.all(
    [...new Set(exports.map((one) => one.serviceId))].map(
      async (id) => [id, (await newestVersion(id)).description.name] as const
    )
  )
  return {
    services: new Map(services),
    others: new Map<string, string>(
      [...layouts, ...users, ...orders].map((row) => [row.id, String(row.name)])
    ),
  }
}
