import { RECHECK_PASS } from '#app/keying/passes'
import { orderParts } from '#app/clients/order_part'
import db from '@adonisjs/lucid/services/db'
import type WorkOrder from '#app/submissions/work_order'

/** Hours that are looked back at to tell how fast it goes. */
const LOOK_BACK_HOURS = 24

export interface OrderProgress {
  scans: number
  pages: { read: number; all: number; asked: number }
  /** submissions by state */
  states: { state: string; count: number }[]
  submissions: number
  settled: number
  tasks: { open: number; done: number }
  /** null while nothing has been done by which one could tell */
  expectedEnd: Date | null
}

/** Tells where a work order stands, and when it will be through if it goes on as in the last day. */
export async function orderProgress(order: WorkOrder): Promise<OrderProgress> {
  const { rows } = await db.rawQuery<{ rows: Counts[] }>(
    `select
       (select count(*)::int from scans where work_order_id = :id) as scans,
       (select count(*)::int from pages p join scans s on s.id = p.scan_id where s.work_order_id = :id) as pages,
       (select count(*)::int from pages p join scans s on s.id = p.scan_id where s.work_order_id = :id and p.state in ('matched', 'set_aside')) as read,
       (select count(*)::int from pages p join scans s on s.id = p.scan_id where s.work_order_id = :id and p.state = 'identify') as asked,
       count(*) filter (where t.state in ('open', 'leased'))::int as open,
       count(*) filter (where t.state = 'done')::int as done,
       count(*) filter (where t.done_at > now() - interval '${LOOK_BACK_HOURS} hours')::int as recent,
       extract(epoch from now() - min(t.done_at) filter (where t.done_at > now() - interval '${LOOK_BACK_HOURS} hours'))::float as seconds
     from submissions u join tasks t on t.subject_id = u.id and t.subject_type = 'submission' and t.kind in ('key', 'adjudicate') and t.pass <> ${RECHECK_PASS}
     where u.work_order_id = :id`,
    { id: order.id }
  )
  const states: { state: string; count: number }[] = await db
    .from('submissions')
    .where('work_order_id', order.id)
    .groupBy('state')
    .orderBy('state')
    .select('state', db.raw('count(*)::int as count'))
  const counts = rows[0]
  const settled = states
    .filter(({ state }) => SETTLED.includes(state))
    .reduce((sum, { count }) => sum + count, 0)
  return {
    scans: counts.scans,
    pages: { read: counts.read, all: counts.pages, asked: counts.asked },
    states,
    submissions: states.reduce((sum, { count }) => sum + count, 0),
    settled,
    tasks: { open: counts.open, done: counts.done },
    expectedEnd: expectedEnd(counts),
  }
}

/** Of these orders, how many requests and pieces of other work each has and of how many the values stand, by the order's id. */
export async function countsOf(
  orderIds: string[]
): Promise<Map<string, { all: number; settled: number }>> {
  const rows: { work_order_id: string; all: number; settled: number }[] = await db
    .from('submissions')
    .whereIn('work_order_id', orderIds)
    .groupBy('work_order_id')
    .select(
      'work_order_id',
      db.raw('count(*)::int as all'),
      db.raw('count(*) filter (where state = any(?))::int as settled', [SETTLED])
    )
  const counts = new Map(
    rows.map((row) => [row.work_order_id, { all: row.all, settled: row.settled }])
  )
  for (const part of orderParts.all())
    for (const [id, { all, settled }] of await part.counts(orderIds)) {
      const known = counts.get(id) ?? { all: 0, settled: 0 }
      counts.set(id, { all: known.all + all, settled: known.settled + settled })
    }
  return counts
}

/** States in which the values stand. */
const SETTLED = ['verified', 'handing_over', 'replying', 'held', 'closed', 'canceled', 'erased']

interface Counts {
  scans: number
  pages: number
  read: number
  asked: number
  open: number
  done: number
  recent: number
  seconds: number | null
}

function expectedEnd({ open, recent, seconds }: Counts): Date | null {
  if (open === 0 || recent === 0 || !seconds) return null
  return new Date(Date.now() + (open * seconds * 1000) / recent)
}
