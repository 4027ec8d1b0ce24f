import { visibleTo } from '#app/people/client_scope'
import type User from '#app/people/user'
import Batch from '#app/batches/batch'

/** A batch that this person may know of. @throws 404 */
export function ownBatch(user: User, id: string): Promise<Batch> {
  return visibleTo(Batch.query(), user).where('batches.id', id).firstOrFail()
}
