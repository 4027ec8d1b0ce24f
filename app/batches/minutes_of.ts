import db from '@adonisjs/lucid/services/db'
import type Batch from '#app/batches/batch'

/** Answers of which the time is known before it is believed, and as many as are looked at. */
const ENOUGH_MEASURED = 20
const LATELY = 200

/** Minutes that one piece takes: as measured lately, or as the kind says. */
export async function minutesOf(batch: Batch): Promise<number> {
  const [{ count, seconds }]: { count: number; seconds: number | null }[] = await db
    .from(
      (lately) =>
        void lately
          .from('piece_answers')
          .where('batch_id', batch.id)
          .where('seconds', '>', 0)
          .orderBy('created_at', 'desc')
          .limit(LATELY)
          .select('seconds')
          .as('lately')
    )
    .select(db.raw('count(*)::int as count'), db.raw('avg(seconds)::float as seconds'))
  return count >= ENOUGH_MEASURED && seconds ? seconds / 60 : batch.definition.minutes
}
