import type { Transition } from '#app/core/transition'
import { lockName } from '#app/core/lock'

/** Finds which names in the directory are others' already. Names are given one after the other. */
export async function takenDirectoryNames(
  t: Transition,
  names: string[],
  userId: string | null = null
): Promise<Set<string>> {
  if (names.length === 0) return new Set()
  await lockName(t.trx, 'directory names')
  const others: { directory_name: string }[] = await t.trx
    .from('users')
    .whereRaw('directory_name = any(?)', [names])
    .if(userId, (query) => query.whereNot('id', userId!))
    .select('directory_name')
  return new Set(others.map((one) => one.directory_name))
}

/** Whether a name in the directory is another's already. */
export async function isDirectoryNameTaken(
  t: Transition,
  name: string | null,
  userId: string | null
): Promise<boolean> {
  return name !== null && (await takenDirectoryNames(t, [name], userId)).size > 0
}
