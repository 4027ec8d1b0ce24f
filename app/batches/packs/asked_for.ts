import db from '@adonisjs/lucid/services/db'

/** After so many hours an unanswered question isn't shown any more. */
const SHOWN_HOURS = 12

/** Finds the batches that somebody is asked for by name. */
export async function askedFor(userId: string): Promise<Set<string>> {
  const rows: { batch_id: string }[] = await db
    .from('asked_people')
    .where('user_id', userId)
    .whereNull('answered_at')
    .whereRaw(`asked_at > now() - interval '${SHOWN_HOURS} hours'`)
    .select('batch_id')
  return new Set(rows.map((row) => row.batch_id))
}

/** A question to somebody that stands, for who asked. */
export interface StandingQuestion {
  userId: string
  batchId: string
  title: string
}

/** Lists whom leaders ask for what now. */
export function standingQuestions(): Promise<StandingQuestion[]> {
  return db
    .from('asked_people as a')
    .join('batches as b', 'b.id', 'a.batch_id')
    .whereNull('a.answered_at')
    .whereRaw(`a.asked_at > now() - interval '${SHOWN_HOURS} hours'`)
    .where('b.state', 'open')
    .select('a.user_id as userId', 'a.batch_id as batchId', 'b.title')
}
