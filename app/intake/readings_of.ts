import type { Queries } from '#app/core/queries'
import { readingsOn, type KeptReading } from '#app/reading/keep_readings'

/** The machine's newest readings of a submission by field. */
export async function readingsOf(
  submissionId: string,
  client: Queries
): Promise<Map<string, KeptReading>> {
  const pages: { id: string; data_key_id: string }[] = await client
    .from('pages')
    .where({ submission_id: submissionId, state: 'matched' })
    .whereNull('erased_at')
    .select('id', 'data_key_id')
  return readingsOn(pages, client)
}
