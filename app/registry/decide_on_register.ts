import type User from '#app/people/user'
import { countImports } from '#app/registry/count_imports'
import { forgetImport } from '#app/registry/forget_import'
import RegisterImport from '#app/registry/register_import'
import { transition } from '#app/core/transition'

/**
 * Somebody has seen the difference and takes it, or drops it. Where another file was taken since, what was shown is no
 * longer so: it is compared again first.
 */
export async function decideOnRegister(
  user: User,
  importId: string,
  take: boolean
): Promise<'done' | 'overtaken' | 'late' | 'wait'> {
  return transition(async (t) => {
    const found = await RegisterImport.query({ client: t.trx })
      .where({ id: importId, state: 'compared' })
      .forUpdate()
      .first()
    if (!found) return 'late'
    // Two files of one service are decided on one after the other.
    await t.trx.from('services').where('id', found.serviceId).forUpdate().select('id')
    // What another changes is known when it is done.
    if (take && (await countImports(found.serviceId, ['taking'], t.trx)) > 0) return 'wait'
    if (take && (await countImports(found.serviceId, ['taken'], t.trx)) !== found.detail.base) {
      await found.decide(t, 'received', user.id)
      return 'overtaken'
    }
    await found.decide(t, take ? 'taking' : 'dropped', user.id)
    if (!take) await forgetImport(t, found)
    return 'done'
  })
}
