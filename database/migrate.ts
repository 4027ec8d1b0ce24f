import app from '@adonisjs/core/services/app'
import db from '@adonisjs/lucid/services/db'
import { MigrationRunner } from '@adonisjs/lucid/migration'
import type { TransactionClientContract } from '@adonisjs/lucid/types/database'

/** A migration failed: nothing of this update has happened, and the version before still starts. */
export class MigrationFailed extends Error {
  constructor(
    readonly migration: string,
    options: ErrorOptions
  ) {
    super(`The migration ${migration} failed; nothing was changed.`, options)
  }
}

/**
 * Brings the schema up to date, all of it or nothing: every migration runs within the given transaction.
 * `onStart` is told what will be done, before it is.
 * @throws {MigrationFailed}
 */
export async function migrate(
  trx: TransactionClientContract,
  onStart: (migrations: string[]) => void
): Promise<void> {
  const runner = new MigrationRunner(within(trx), app, {
    direction: 'up',
    disableLocks: true,
    connectionName: trx.connectionName,
  })
  const all = await runner.getList()
  const pending = all.filter((one) => one.status === 'pending').map((one) => one.name)
  if (pending.length === 0) return
  onStart(pending.map(shortName))
  await runner.run()
  if (runner.error) {
    const failed = Object.values(runner.migratedFiles).find((file) => file.status === 'error')
    throw new MigrationFailed(shortName(failed?.file.name ?? ''), { cause: runner.error })
  }
}

/** The database with one connection only: the transaction's. Migrations then nest in it as savepoints. */
function within(trx: TransactionClientContract): typeof db {
  return new Proxy(db, {
    get: (target, name) => {
      if (name === 'connection') return () => trx
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

function shortName(name: string): string {
  return name.split('/').at(-1) ?? name
}
