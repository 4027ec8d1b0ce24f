import db from '@adonisjs/lucid/services/db'
import type { OrderPart } from '#app/clients/order_part'

/** One of an order's batches, with how much of it is answered. */
interface OrderedBatch {
  id: string
  number: number
  title: string
  state: string
  dueOn: string
  leader: string | null
  team: string | null
  pieces: number
  finished: number
}

/** The batches that a leader has broken an order down into. */
export const batchesOfOrder: OrderPart = {
  name: 'batches',
  direction: 'to_digital',
  view: 'batches/of_order',

  async load(order, user) {
    const { rows } = await db.rawQuery<{ rows: OrderedBatch[] }>(
      `select b.id, b.number, b.title, b.state, b.due_on as "dueOn", u.display_name as leader, m.name as team,
         count(p.id)::int as pieces, count(p.id) filter (where p.state in ('finished', 'left_out'))::int as finished
       from batches b join users u on u.id = b.leader_id left join teams m on m.id = b.team_id
         left join pieces p on p.batch_id = b.id
       where b.work_order_id = ? group by b.id, u.id, m.id order by b.number`,
      [order.id]
    )
    const arranges = user.may('work.arrange')
    // A client reads how far it is, not who goes about it.
    return {
      batches: rows.map((row) => ({
        ...row,
        leader: arranges ? row.leader : null,
        team: arranges ? row.team : null,
      })),
      arranges,
    }
  },

  async isThrough(orderId, client) {
    const open: unknown = await client
      .from('batches')
      .where('work_order_id', orderId)
      .whereNotIn('state', ['accepted', 'canceled'])
      .first()
    return !open
  },

  async counts(orderIds) {
    const rows: { id: string; all: number; settled: number }[] = await db
      .from('batches as b')
      .join('pieces as p', 'p.batch_id', 'b.id')
      .whereIn('b.work_order_id', orderIds)
      .whereNotIn('b.state', ['canceling', 'canceled'])
      .groupBy('b.work_order_id')
      .select(
        'b.work_order_id as id',
        db.raw('count(*)::int as all'),
        db.raw(`count(*) filter (where p.state in ('finished', 'left_out'))::int as settled`)
      )
    return new Map(rows.map(({ id, all, settled }) => [id, { all, settled }]))
  },
}
