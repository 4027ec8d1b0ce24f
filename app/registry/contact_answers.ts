import type { Candidate } from '#app/registry/contact_candidates'
import type { Queries } from '#app/core/queries'

/** Finds the answers about who a submission is of, by `<submission> <person or stop>`. */
export async function answersOf(
  submissionIds: string[],
  client: Queries
): Promise<Map<string, 'yes' | 'no'>> {
  const rows: {
    submission_id: string
    register_person_id: string | null
    stop_id: string | null
    answer: 'yes' | 'no'
  }[] = await client
    .from('contact_questions')
    .whereIn('submission_id', submissionIds)
    .where('kind', 'same_person')
    .whereNotNull('answer')
    .select('submission_id', 'register_person_id', 'stop_id', 'answer')
  return new Map(
    rows.map((row) => [
      answerKey(row.submission_id, {
        registerPersonId: row.register_person_id,
        stopId: row.stop_id,
      }),
      row.answer,
    ])
  )
}

/** By what an answer is found. */
export function answerKey(
  submissionId: string,
  { registerPersonId, stopId }: Pick<Candidate, 'registerPersonId' | 'stopId'>
): string {
  return `${submissionId} ${registerPersonId ?? stopId}`
}
