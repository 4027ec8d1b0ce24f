import Batch from '#app/batches/batch'
import { NumberSetting } from '#app/core/number_setting'
import { transition } from '#app/core/transition'

const AT_ONCE = 500

/** Days after which a delivery counts as accepted that the client has fetched, and said nothing about. */
export const deemedDays = new NumberSetting({
  name: 'batches.deemed_days',
  section: 'work',
  unit: 'days',
  fallback: 30,
  min: 1,
  max: 365,
})

/**
 * Deliveries that their client has had for so long without a word are accepted: nothing is kept for ever. The page on
 * which it is fetched says so; what nobody has fetched waits.
 */
export async function acceptSilently(): Promise<void> {
  const days = await deemedDays.value()
  await transition(async (t) => {
    const silent = await Batch.query({ client: t.trx })
      .where('state', 'delivered')
      .whereRaw('fetched_at < now() - make_interval(days => ?)', [days])
      .orderBy('id')
      .limit(AT_ONCE)
      .forUpdate()
    for (const batch of silent) await batch.accept(t, null)
  })
}
