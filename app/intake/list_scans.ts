import db from '@adonisjs/lucid/services/db'
import { withNewest } from '#app/catalog/frozen_version'
import Service from '#app/catalog/service'
import Scan from '#app/intake/scan'
import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import WorkOrder from '#app/submissions/work_order'
import { today } from '#app/core/clock'
import { newId } from '#app/core/ids'
import { PAGE_SIZE, pageNumber } from '#app/core/paging'
import { sortingOf } from '#app/core/sorting'
import { openLivingSealers } from '#app/core/sealing'

/** Open orders that are offered; more would be searched for. */
const MAX_ORDERS = 100

/** The columns by which files sort, along indexes. */
const COLUMNS = { when: 'createdAt' }

/** A page of the files that came in, as an address asks for it, with what an upload asks. */
export async function scanList(user: User, query: Record<string, unknown> = {}) {
  const sorting = sortingOf(query, COLUMNS, '-when')
  const scans = await visibleTo(Scan.query(), user)
    .orderBy(sorting.column, sorting.direction)
    .orderBy('id', sorting.direction)
    .paginate(await pageNumber(query), PAGE_SIZE)
  const ids = scans.map((scan) => scan.id)
  const services = await withNewest(await Service.query().orderBy('createdAt').orderBy('id'))
  return {
    scans,
    sorting,
    names: await namesOf(scans.all()),
    forms: await formsOf(ids),
    others: await othersOf(ids),
    services: services.map(({ service, version }) => ({
      id: service.id,
      name: version.description.name,
    })),
    orders: await openOrders(user),
    uploadKey: newId(),
    today: today(),
    refused: [],
  }
}

/** Lists the open orders that post can be put into: it is delivered in the order's layout then. */
export function openOrders(user: User, serviceId?: string) {
  return visibleTo(WorkOrder.query(), user)
    .where({ state: 'open', direction: 'to_digital' })
    .whereNotNull('serviceId')
    .if(serviceId, (query) => query.where('serviceId', serviceId!))
    .orderBy('dueOn')
    .orderBy('number')
    .limit(MAX_ORDERS)
}

async function namesOf(scans: Scan[]): Promise<Map<string, string>> {
  const keyOf = (scan: Scan) => scan.nameKeyId ?? scan.dataKeyId
  const sealers = await openLivingSealers(scans.map(keyOf))
  return new Map(
    scans.map((scan) => [
      scan.id,
      sealers.get(keyOf(scan))?.openText(`scans.name:${scan.id}`, scan.name) ?? '—',
    ])
  )
}

/** Counts the forms that were found in each file. */
async function formsOf(ids: string[]): Promise<Map<string, number>> {
  const rows: { scan_id: string; forms: string }[] = await db
    .from('pages')
    .whereIn('scan_id', ids)
    .groupBy('scan_id')
    .select('scan_id')
    .countDistinct('submission_id as forms')
  return new Map(rows.map((row) => [row.scan_id, Number(row.forms)]))
}

interface OtherPages {
  scan_id: string
  state: string
  reason: string
  pages: number
}

/** The pages of each file that belong to no form, by why. */
async function othersOf(ids: string[]): Promise<Map<string, OtherPages[]>> {
  const rows: OtherPages[] = await db
    .from('pages')
    .whereIn('scan_id', ids)
    .whereIn('state', ['identify', 'set_aside'])
    .whereNotNull('reason')
    .groupBy('scan_id', 'state', 'reason')
    .orderBy('state')
    .orderBy('reason')
    .select('scan_id', 'state', 'reason', db.raw('count(*)::int as pages'))
  return new Map(ids.map((id) => [id, rows.filter((row) => row.scan_id === id)]))
}
