import Page from '#app/intake/page'
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
    await scan.tryAgain(t, user.id)
    for (const { id, number } of await Page.goOn(t, scan.id))
      t.wake({ type: 'page', id, turn: number })
    t.announce(`scans/${scan.id}`)
    return true
  })
}
