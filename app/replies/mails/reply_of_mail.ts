import type { Queries } from '#app/core/queries'

/** Ids of the submissions that a reply is about. */
export async function submissionsOf(replyId: string, client: Queries): Promise<string[]> {
  const rows: { id: string }[] = await client
    .from('reply_submissions')
    .where('reply_id', replyId)
    .select('submission_id as id')
  return rows.map(({ id }) => id)
}
