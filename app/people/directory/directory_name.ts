import type { Transition } from '#app/core/transition'
import { lockName } from '#app/core/lock'

/** Whether a name in the directory is another's already. Names are given one after the other. */
export async function isDirectoryNameTaken(
  t: Transition,
  name: string | null,
  userId: string | null
): Promise<boolean> {
  if (name === null) return false
  await lockName(t.trx, 'directory names')
  const other = await t.trx
    .from('users')
    .where('directory_name', name)
    .if(userId, (query) => query.whereNot('id', userId!))
    .first()
  return other !== null
}
