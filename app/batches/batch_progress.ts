import db from '@adonisjs/lucid/services/db'
import type Batch from '#app/batches/batch'
import { DECIDED_PASS } from '#app/batches/pieces/piece_task_of'
import { errorRate, type ErrorRate } from '#app/core/error_rate'
import { minutesOf } from '#app/batches/minutes_of'

/** The state of a batch, in numbers. */
export interface BatchProgress {
  all: number
  /** not answered yet, or by one of two */
  open: number
  disputed: number
  finished: number
  leftOut: number
  /** finished by one person alone */
  alone: number
  /** of the fields that two people answered, how many the first had wrong */
  rate: ErrorRate
  /** minutes for all that is open */
  minutesLeft: number
}

/** Somebody who answered pieces of a batch. */
export interface Contribution {
  name: string
  answers: number
  minutes: number
  rate: ErrorRate
}

/** Counts where a batch stands. */
export async function batchProgress(batch: Batch): Promise<BatchProgress> {
  const rows: { state: string; count: number; alone: number; fields: number; wrong: number }[] =
    await db
      .from('pieces')
      .where('batch_id', batch.id)
      .groupBy('state')
      .select(
        'state',
        db.raw('count(*)::int as count'),
        db.raw(`count(*) filter (where basis = 'single')::int as alone`),
        db.raw('coalesce(sum(fields_checked), 0)::int as fields'),
        db.raw('coalesce(sum(fields_wrong), 0)::int as wrong')
      )
  const of = (state: string) => rows.find((row) => row.state === state)
  const finished = of('finished')
  const open = (of('open')?.count ?? 0) + (of('received')?.count ?? 0)
  const minutesEach = await minutesOf(batch)
  return {
    all: rows.reduce((sum, { count }) => sum + count, 0),
    open,
    disputed: of('disputed')?.count ?? 0,
    finished: finished?.count ?? 0,
    leftOut: of('left_out')?.count ?? 0,
    alone: finished?.alone ?? 0,
    rate: errorRate(finished?.fields ?? 0, finished?.wrong ?? 0),
    minutesLeft: Math.round(minutesEach * open),
  }
}

/** Counts what each person did for a batch; who did the most comes first. */
export async function contributionsTo(batchId: string): Promise<Contribution[]> {
  const { rows } = await db.rawQuery<{
    rows: { name: string; answers: number; seconds: number; fields: number; wrong: number }[]
  }>(
    `select u.display_name as name, count(*)::int as answers, sum(a.seconds)::int as seconds,
       coalesce(sum(p.fields_checked) filter (where a.pass = 1 and a.round = p.round), 0)::int as fields,
       coalesce(sum(p.fields_wrong) filter (where a.pass = 1 and a.round = p.round), 0)::int as wrong
     from piece_answers a join users u on u.id = a.user_id
     join pieces p on p.id = a.piece_id
     where a.batch_id = ? and a.pass < ${DECIDED_PASS}
     group by u.id, u.display_name order by answers desc, name`,
    [batchId]
  )
  return rows.map(({ name, answers, seconds, fields, wrong }) => ({
    name,
    answers,
    minutes: Math.round(seconds / 60),
    rate: errorRate(fields, wrong),
  }))
}
