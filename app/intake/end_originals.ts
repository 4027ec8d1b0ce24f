import type { Transition } from '#app/core/transition'

/** Keeps that the paper of these submissions is there no longer; an envelope's, once none of its requests needs it. */
export async function endOriginals(
  t: Transition,
  submissionIds: string[],
  how: 'returned' | 'destroyed'
): Promise<void> {
  await t.trx.rawQuery(
    `update envelopes e set original = :how
     where e.original = 'stored'
       and e.id in (select s.envelope_id from submissions s where s.id = any(:ids))
       and not exists (
         select 1 from submissions other where other.envelope_id = e.id and other.id <> all(:ids)
           and (exists (select 1 from legal_holds h where h.submission_id = other.id and h.lifted_at is null)
             or exists (select 1 from pages p where p.submission_id = other.id and p.erased_at is null)))`,
    { how, ids: submissionIds }
  )
}
