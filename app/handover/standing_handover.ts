import type { RecheckListener } from '#app/keying/rechecks/recheck_listener'

/** Tells what is handed over still: what was canceled, declined or given up since isn't corrected. */
export const standingHandover: RecheckListener = {
  name: 'handover',

  async standing(client, ids) {
    const { rows } = await client.rawQuery<{ rows: { id: string }[] }>(
      `select s.id from unnest(cast(:ids as uuid[])) as s (id)
       where (select h.state from handovers h where h.submission_id = s.id
         order by h.created_at desc, h.id desc limit 1) = 'done'`,
      { ids }
    )
    return rows.map(({ id }) => id)
  },
}
