import type { Queries } from '#app/core/queries'
import type Handover from '#app/handover/handover'

/** Finds what a digital service elsewhere calls what an earlier revision gave it; null where it has nothing. */
export async function earlierReference(
  client: Queries,
  handover: Pick<Handover, 'id' | 'submissionId' | 'connector'>
): Promise<string | null> {
  const earlier: { reference: string } | null = await client
    .from('handovers')
    .where({ submission_id: handover.submissionId, connector: handover.connector, state: 'done' })
    .whereNot('id', handover.id)
    .whereNotNull('reference')
    .orderBy('created_at', 'desc')
    .select('reference')
    .first()
  return earlier?.reference ?? null
}
