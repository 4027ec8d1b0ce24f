import db from '@adonisjs/lucid/services/db'
import Disposal from '#app/center/retention/disposal'
import { listDue, type Due } from '#app/center/retention/due'
import { newId } from '#app/core/ids'
import { lockName } from '#app/core/lock'
import { transition, type Transition } from '#app/core/transition'

const INSERTED_AT_ONCE = 500
/** A client is asked once in so many days. */
const WEEKLY_DAYS = 7

/** Makes the week's list of each client that has something due and no list that waits. Run by the workers. */
export async function proposeDisposals(): Promise<void> {
  const { rows } = await db.rawQuery<{ rows: { id: string }[] }>(
    `select distinct r.client_id as id from retention_rules r
     where not exists (
       select 1 from disposals d where d.client_id = r.client_id and d.cause = 'rule'
         and (d.state in ('proposed', 'approved') or d.created_at > now() - make_interval(days => ${WEEKLY_DAYS})))`
  )
  for (const { id } of rows) await proposeDisposal(id)
}

/**
 * Makes a list of what is due of a client now.
 * @returns its id; null where nothing is due, or a list of it waits already
 */
export async function proposeDisposal(clientId: string, actorId?: string): Promise<string | null> {
  return transition(async (t) => {
    await lockName(t.trx, `disposals:${clientId}`)
    const waiting = await Disposal.query({ client: t.trx })
      .where({ clientId, cause: 'rule' })
      .whereIn('state', ['proposed', 'approved'])
      .first()
    if (waiting) return null
    const due = await listDue(clientId, undefined, t.trx)
    if (due.length === 0) return null
    return openDisposal(t, { clientId, cause: 'rule', askedBy: actorId ?? null }, due, actorId)
  })
}

/** Puts a list down, with its event. @returns its id */
export async function openDisposal(
  t: Transition,
  given: Pick<Disposal, 'clientId' | 'cause'> & Partial<Pick<Disposal, 'ground' | 'askedBy'>>,
  items: Due[],
  actorId?: string
): Promise<string> {
  const { id } = await Disposal.create({ id: newId(), ...given }, { client: t.trx })
  for (let at = 0; at < items.length; at += INSERTED_AT_ONCE)
    await t.trx.table('disposal_items').multiInsert(
      items.slice(at, at + INSERTED_AT_ONCE).map((one) => ({
        disposal_id: id,
        record: one.record,
        record_id: one.id,
        extent: one.extent,
      }))
    )
  t.recordOnly({
    verb: 'disposal.proposed',
    subject: { type: 'disposal', id },
    clientId: given.clientId,
    actorId,
    detail: { to: 'proposed', records: items.length, cause: given.cause },
  })
  return id
}
