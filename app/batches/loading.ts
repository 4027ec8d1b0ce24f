import Batch from '#app/batches/batch'
import type { Transition } from '#app/core/transition'

/** Whether a second person answers a piece too: by chance, so that nobody knows which. */
export function isChecked({ definition }: Batch): boolean {
  return Math.random() * 100 < definition.check
}

/** A batch whose pieces are being laid out, locked; null once it isn't any more. */
export function lockLoading(t: Transition, id: string): Promise<Batch | null> {
  return Batch.query({ client: t.trx }).where({ id, state: 'loading' }).forUpdate().first()
}
