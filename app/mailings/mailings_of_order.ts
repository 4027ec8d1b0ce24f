import db from '@adonisjs/lucid/services/db'
import type { OrderPart } from '#app/clients/order_part'
import { isPosted } from '#app/mailings/mailing_progress'

/** One of an order's mailings, with how much of it is posted. */
interface OrderedMailing {
  id: string
  number: number
  name: string
  state: string
  going: number
  posted: number
  /** posted, or stopped for good */
  settled: number
  held: number
}

/** SQL: letters of a mailing `g` with which nothing is to be done any more. */
const SETTLED = `(select count(*) from replies r
  where r.mailing_id = g.id and r.state in ('posted', 'canceled', 'stopped'))`

/** The mailings of an order that goes to paper. */
export const mailingsOfOrder: OrderPart = {
  name: 'mailings',
  direction: 'to_paper',
  view: 'mailings/of_order',

  async load(order, user) {
    const { rows } = await db.rawQuery<{ rows: OrderedMailing[] }>(
      `select g.id, g.number, l.name, g.state, g.letters as going, case when g.state in ('preparing', 'checking') then 0 else g.rows_total - g.letters end as held,
         (select count(*)::int from replies r where r.mailing_id = g.id and r.state = 'posted') as posted,
         ${SETTLED}::int as settled
       from mailings g join letter_templates l on l.id = g.template_id
       where g.work_order_id = ? order by g.number`,
      [order.id]
    )
    return { mailings: rows, commissions: user.may('orders.commission') }
  },

  async isThrough(orderId, client) {
    const open: { id: string; state: string }[] = await client
      .from('mailings')
      .where('work_order_id', orderId)
      .whereNot('state', 'canceled')
      .select('id', 'state')
    for (const { id, state } of open)
      if (state !== 'composed' || !(await isPosted(id, client))) return false
    return true
  },

  async counts(orderIds) {
    const rows: { id: string; all: number; settled: number }[] = await db
      .from('mailings as g')
      .whereIn('g.work_order_id', orderIds)
      .whereNot('g.state', 'canceled')
      .groupBy('g.work_order_id')
      .select(
        'g.work_order_id as id',
        db.raw('sum(g.letters)::int as all'),
        db.raw(`sum(${SETTLED})::int as settled`)
      )
    return new Map(rows.map(({ id, all, settled }) => [id, { all, settled }]))
  },
}
