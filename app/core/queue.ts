import {
  PostgresConnection,
  PostgresQueueBackend,
  runMigrations,
  withBackend,
  type Job,
} from 'bullmq'
import pg from 'pg'
import app from '@adonisjs/core/services/app'
import logger from '@adonisjs/core/services/logger'
import { databaseUrl } from '#config/database_url'
import { flowSubjects, type FlowSubject, type Waiting } from '#app/core/subjects'

/**
 * Machine work goes through BullMQ on the same PostgreSQL, in a schema of its own. A job is only a
 * wake-up: it carries the type and id of a record, may run twice or never, and nothing is lost with it.
 */
const SCHEMA = 'queue'

/** `decoding` opens files, `reading` is long work on pictures, `flow` is short. None waits for another. */
export type QueueName = 'decoding' | 'reading' | 'flow'

let pool: pg.Pool | undefined

/** All queues and workers of a process share one pool. */
function sharedPool(): pg.Pool {
  if (!pool) {
    pool = new pg.Pool({
      connectionString: databaseUrl(),
      max: 8,
      keepAlive: true,
      // A job is only a wake-up, which may be lost: nobody waits until the disk has it.
      options: `-c search_path=${SCHEMA} -c synchronous_commit=off`,
      application_name: 'hashiwatashi queue',
    })
    pool.setMaxListeners(0)
    app.terminating(closeQueues)
    pool.on('error', (error) => logger.error({ code: error.name }, 'the queue lost a connection'))
  }
  return pool
}

/** BullMQ fixes the schema's name when it is handed a pool; ours is set here. */
class SchemaConnection extends PostgresConnection {
  constructor(source: pg.Pool) {
    super(source)
    Object.assign(this, { schema: SCHEMA })
  }
}

const bull = withBackend((name, options, flags = {}) => {
  const listens = flags.withBlockingConnection ? `${name}:w` : undefined
  return new PostgresQueueBackend(
    new SchemaConnection(sharedPool()),
    name,
    { ...options, connection: sharedPool() },
    true,
    listens
  )
})

type FlowQueue = InstanceType<typeof bull.Queue<FlowSubject>>
type FlowWorker = InstanceType<typeof bull.Worker<FlowSubject>>

const queues = new Map<QueueName, FlowQueue>()

/** Makes the queue's tables; called by the bootstrap after the migrations. */
export async function migrateQueue(): Promise<void> {
  const client = await sharedPool().connect()
  try {
    await runMigrations(client, SCHEMA)
  } finally {
    client.release()
  }
}

function queue(name: QueueName): FlowQueue {
  const known = queues.get(name)
  if (known) return known
  const made = new bull.Queue<FlowSubject>(name, {
    connection: sharedPool(),
    defaultJobOptions: {
      attempts: 3,
      backoff: { type: 'exponential', delay: 500 },
      removeOnComplete: true,
      removeOnFail: 500,
    },
  })
  made.on('error', (error) => logger.error({ code: error.name }, 'a queue failed'))
  queues.set(name, made)
  return made
}

function queueFor(type: string): FlowQueue {
  return queue(flowSubjects.get(type).queue ?? 'flow')
}

/**
 * Tells the workers that these subjects may be advanced. A lost wake-up is found by the sweeper, so
 * a failure here is logged and no more.
 */
export async function wakeWorkers(subjects: Waiting[]): Promise<void> {
  for (const subject of subjects) {
    try {
      await queueFor(subject.type).add(
        'advance',
        { type: subject.type, id: subject.id },
        inTurn(subject)
      )
    } catch {
      logger.warn({ subject }, 'a wake-up was lost; the sweeper will find the record')
    }
  }
}

/**
 * Wakes again for a record whose wake-up was lost, unless that is waiting already. One that has waited `long` goes
 * before all that have a turn.
 */
export async function requeue({ type, id, turn }: Waiting, long: boolean): Promise<void> {
  await queueFor(type).add(
    'advance',
    { type, id },
    {
      ...(long ? {} : inTurn({ type, id, turn })),
      jobId: `${long ? 'long' : 'swept'}-${type}-${id}`,
      attempts: 1,
      removeOnFail: true,
    }
  )
}

/** The queue gives what has no priority first: work that somebody at a screen waits for. Then by turn, from 1 on. */
function inTurn({ turn }: Waiting): { priority?: number } {
  return turn === undefined ? {} : { priority: turn + 1 }
}

/** Starts a worker on a queue. Locks outlast the longest synchronous step (typesetting a run). */
export function startWorker(
  name: QueueName,
  concurrency: number,
  work: (subject: FlowSubject) => Promise<void>
): FlowWorker {
  const worker = new bull.Worker<FlowSubject>(name, (job: Job<FlowSubject>) => work(job.data), {
    connection: sharedPool(),
    concurrency,
    lockDuration: 60_000,
    stalledInterval: 15_000,
    maxStalledCount: 20,
  })
  worker.on('error', (error) => logger.error({ code: error.name }, 'a worker failed'))
  return worker
}

/** Closes queues and pool; workers are closed by who started them. */
async function closeQueues(): Promise<void> {
  await Promise.all([...queues.values()].map((one) => one.close()))
  queues.clear()
  await pool?.end()
  pool = undefined
}
