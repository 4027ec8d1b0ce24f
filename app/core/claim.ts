import db from '@adonisjs/lucid/services/db'
import { machineFault } from '#app/core/machine_fault'
import { flowSubjects } from '#app/core/subjects'

/** The time that a claim lasts without being renewed (seconds). */
const CLAIM_SECONDS = 30
/** A record that brought its worker down this often is given to a person. */
export const MAX_ATTEMPTS = 5

/**
 * Long machine work outside of a transaction: the record is claimed for a while, and the claim is
 * renewed while the work goes on. When the process dies the claim runs out and the sweeper finds the
 * record again. An attempt that ends by a fault of the machine doesn't count.
 * @returns false when somebody else holds the claim, or the record is past that state
 */
export async function withClaim(
  type: string,
  id: string,
  state: string,
  work: (attempt: number) => Promise<void>
): Promise<boolean> {
  const { table } = flowSubjects.get(type)
  const records = () => db.from(table).where({ id, state })
  const until = db.raw(`now() + interval '${CLAIM_SECONDS} seconds'`)
  const [claimed]: { attempts: number }[] = await records()
    .where((query) => query.whereNull('claimed_until').orWhereRaw('claimed_until <= now()'))
    .update({ claimed_until: until, attempts: db.raw('attempts + 1') })
    .returning(['attempts'])
  if (!claimed) return false
  const renewal = setInterval(
    () =>
      void records()
        .update({ claimed_until: until })
        .catch(() => {}),
    (CLAIM_SECONDS * 1000) / 3
  )
  let counts = true
  try {
    await work(claimed.attempts)
  } catch (error) {
    counts = machineFault(error) === null
    throw error
  } finally {
    clearInterval(renewal)
    await db
      .from(table)
      .where('id', id)
      .update({ claimed_until: null, ...(counts ? {} : { attempts: db.raw('attempts - 1') }) })
  }
  return true
}
