import Scan from '#app/intake/scan'
import { destroyKeysOn } from '#app/core/sealing'
import { transition } from '#app/core/transition'
import type User from '#app/people/user'

/**
 * Opens a refused file once more, while its key is there: the fault may have been ours, or a newer program may open
 * it. Pages that were put away already go on from where they were.
 * @returns false when it isn't refused, can't be opened any more, or has been handed in again meanwhile
 */
export async function tryAgain(user: User, scanId: string): Promise<boolean> {
  return transition(async (t) => {
    const scan = await Scan.query({ client: t.trx })
      .where({ id: scanId, state: 'refused' })
      .whereIn('dataKeyId', t.trx.from('data_keys').whereNull('destroyed_at').select('id'))
      .forUpdate()
      .first()
    if (!scan) return false
    const again = await Scan.query({ client: t.trx })
      .where({ clientId: scan.clientId, contentHash: scan.contentHash })
      .whereNot('state', 'refused')
      .first()
    if (again) return false
    await destroyKeysOn(t.trx, [scan.dataKeyId], null)
    await scan
      .merge({
        state: 'received',
        reason: null,
        attempts: 0,
        decodersEnded: 0,
        decoderEndedAt: null,
      })
      .save()
    const pages: { id: string; number: number }[] = await t.trx
      .from('pages')
      .where({ scan_id: scan.id, state: 'set_aside', reason: 'scan_refused' })
      .update({ state: 'pending', reason: null })
      .returning(['id', 'number'])
    await t.trx
      .from('pages')
      .where({ scan_id: scan.id, state: 'set_aside', reason: 'maybe_number' })
      .update({ state: 'identify' })
    for (const { id, number } of pages) t.wake({ type: 'page', id, turn: number })
    t.announce(`scans/${scan.id}`)
    t.record({
      verb: 'scan.tried_again',
      subject: { type: 'scan', id: scan.id },
      clientId: scan.clientId,
      actorId: user.id,
    })
    return true
  })
}
