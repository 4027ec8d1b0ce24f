import db from '@adonisjs/lucid/services/db'

/** Batches that people can be asked for; more are too many to choose from. */
const MAX_BATCHES = 50

/** Lists the batches that are offered now, what goes first before the rest. */
export function openBatches(): Promise<{ id: string; title: string }[]> {
  return db
    .from('batches')
    .where('state', 'open')
    .orderBy('priority', 'desc')
    .orderBy('due_on')
    .limit(MAX_BATCHES)
    .select('id', 'title')
}
