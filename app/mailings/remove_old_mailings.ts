import db from '@adonisjs/lucid/services/db'
import { doomFiles } from '#app/core/doomed_files'
import { NumberSetting } from '#app/core/number_setting'
import { destroyDataKeys } from '#app/core/sealing'
import { forgetAddresses } from '#app/mailings/list/earlier_lists'
import Mailing from '#app/mailings/mailing'
import { removeLetters } from '#app/replies/remove_letters'
import { transition } from '#app/core/transition'

const AT_ONCE = 500

interface Removed {
  id: string
  file: string | null
  data_key_id: string
}

/** Days for which the list and the letters of a mailing are kept after it was posted or canceled. */
export const mailingDays = new NumberSetting({
  name: 'mailings.kept_days',
  section: 'kept',
  unit: 'days',
  fallback: 90,
  min: 1,
  max: 3650,
})

/**
 * Removes the list and the letters of mailings that ended long enough ago: keys are destroyed, files go. Numbers, states
 * and days stay, for the report.
 */
export async function removeOldMailings(): Promise<void> {
  const days = await mailingDays.value()
  const abandoned = await cancelAbandoned(days)
  const over: Removed[] = await db
    .from('mailings as g')
    .whereNull('g.contents_removed_at')
    .whereIn('g.state', ['composed', 'canceled'])
    .whereRaw(
      `coalesce(
         cast(g.ended_at at time zone 'Asia/Tokyo' as date),
         (select max(p.posted_on) from print_runs p where p.mailing_id = g.id),
         cast(g.created_at at time zone 'Asia/Tokyo' as date)
       ) < current_date - cast(? as int)`,
      [days]
    )
    .whereNotExists((open) =>
      open
        .from('replies')
        .whereRaw('replies.mailing_id = g.id')
        .whereIn('state', ['ready', 'in_run'])
    )
    .select('g.id', 'g.file', 'g.data_key_id')
  for (const mailing of [...abandoned, ...over]) await removeContents(mailing)
  await forgetAddresses()
}

/** Ends mailings that nobody has gone on with for as long: their lists lie about. */
async function cancelAbandoned(days: number): Promise<Removed[]> {
  return transition(async (t) => {
    const abandoned = await Mailing.query({ client: t.trx })
      .whereIn('state', ['preparing', 'checked', 'submitted'])
      .whereRaw('created_at < now() - make_interval(days => ?)', [days])
      .limit(AT_ONCE)
      .forUpdate()
    for (const mailing of abandoned) await mailing.cancel(t, null)
    return abandoned.map(({ id, file, dataKeyId }) => ({ id, file, data_key_id: dataKeyId }))
  })
}

async function removeContents(mailing: Removed): Promise<void> {
  for (let isDone = false; !isDone;)
    isDone = await transition(async (t) => {
      if (!(await removeLetters(t, mailing.id))) return false
      await doomFiles(t, mailing.file ? [mailing.file] : [])
      await t.trx
        .from('mailings')
        .where('id', mailing.id)
        .update({ file: null, note: null, proofs: null, contents_removed_at: t.trx.raw('now()') })
      await destroyDataKeys(t.trx, [mailing.data_key_id])
      return true
    })
}
