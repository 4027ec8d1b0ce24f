import type { DirectoryPerson } from '#app/people/directory/directory'
import { recordUser } from '#app/people/record_user'
import User from '#app/people/user'
import { transition } from '#app/core/transition'

/**
 * Finds who somebody is whom the directory has sent back; null where they don't work here, are kept out, or the name was
 * given to somebody else in the directory meanwhile. When they first come, it is kept how the directory tells them apart.
 */
export async function findByDirectory({ subject, name }: DirectoryPerson): Promise<User | null> {
  return transition(async (t) => {
    const working = () =>
      User.query({ client: t.trx }).whereNull('leftAt').whereNull('frozenAt').forUpdate()
    const known = await working()
      .where('directorySubject', subject)
      .whereNotNull('directoryName')
      .first()
    if (known || name === '') return known
    const named = await working().where('directoryName', name).whereNull('directorySubject').first()
    if (!named) return null
    await named.merge({ directorySubject: subject }).save()
    recordUser(t, named, 'user.directory_known', named.id)
    return named
  })
}
