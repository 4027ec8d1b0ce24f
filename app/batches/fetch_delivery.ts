import type User from '#app/people/user'
import type Batch from '#app/batches/batch'
import { deliveredFiles } from '#app/batches/delivered_files'
import { deliveredTable, type TableWords } from '#app/batches/delivered_table'
import { transition } from '#app/core/transition'

/**
 * Takes out the table of a batch: the client once it is delivered, the center as soon as it is offered. That it was taken
 * is kept. Null where there is nothing to take, or its contents are gone.
 */
export async function fetchDelivery(
  user: User,
  batch: Batch,
  words: TableWords
): Promise<AsyncIterable<Buffer> | null> {
  if (!(await take(user, batch))) return null
  return deliveredTable(batch, words, { seesProtected: user.seesProtected === true })
}

/** Takes out the files that were made for a batch, in the same way. Null also where none are asked for. */
export async function fetchFiles(user: User, batch: Batch): Promise<AsyncIterable<Buffer> | null> {
  if (!batch.definition.files || !(await take(user, batch))) return null
  return deliveredFiles(batch, { seesProtected: user.seesProtected === true })
}

/** Notes that somebody takes a delivery; false where they can't. */
async function take(user: User, batch: Batch): Promise<boolean> {
  const isCenter = user.may('work.arrange')
  const isThere = isCenter
    ? ['open', 'paused', 'delivered', 'accepted'].includes(batch.state)
    : ['delivered', 'accepted'].includes(batch.state)
  if (!isThere || batch.contentsRemovedAt) return false
  await transition(async (t) => {
    if (!isCenter && batch.state === 'delivered') await batch.noteFetched(t)
    t.recordOnly({
      verb: 'batch.fetched',
      subject: { type: 'batch', id: batch.id },
      clientId: batch.clientId,
      actorId: user.id,
    })
  })
  return true
}
