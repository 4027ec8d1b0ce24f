import db from '@adonisjs/lucid/services/db'
import { test } from '@japa/runner'
import pg from 'pg'
import { databaseUrl } from '#config/database_url'
import { prepareStatements } from '#config/prepare_statements'

async function connected(): Promise<pg.Client> {
  const connection = new pg.Client(databaseUrl())
  await connection.connect()
  prepareStatements(connection, () => {})
  return connection
}

/** As the query builder sends it: with a function that hears of the result. */
function send(
  connection: pg.Client,
  text: string,
  values: unknown[] = []
): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    connection.query({ text, values }, (error: Error | null, result: pg.QueryResult) =>
      error ? reject(error) : resolve(result)
    )
  })
}

async function prepared(connection: pg.Client, text: string): Promise<number> {
  const { rows } = await send(
    connection,
    'select count(*)::int as count from pg_prepared_statements where statement = $1',
    [text]
  )
  return rows[0].count
}

test.group('Statements that are sent again and again', () => {
  test('are prepared, in each connection that the application has', async ({ assert }) => {
    const text = 'select $1::int + 4711 as sum'
    await db.transaction(async (trx) => {
      for (let number = 0; number < 12; number++) {
        const { rows } = await trx.rawQuery('select ?::int + 4711 as sum', [number])
        assert.equal(rows[0].sum, number + 4711)
      }
      const { rows } = await trx.rawQuery(
        'select count(*)::int as count from pg_prepared_statements where statement = ?',
        [text]
      )
      assert.equal(rows[0].count, 1)
    })
    const other = await connected()
    assert.equal((await send(other, text, [1])).rows[0].sum, 4712)
    assert.equal(await prepared(other, text), 1)
    await other.end()
  })

  test('find other columns where a table has got some meanwhile', async ({ assert }) => {
    const connection = await connected()
    const look = () => send(connection, 'select * from growing where a = $1', [1])
    await send(connection, 'create temp table growing (a int)')
    await send(connection, 'insert into growing values (1)')
    for (let times = 0; times < 12; times++) assert.deepEqual((await look()).rows, [{ a: 1 }])
    assert.equal(await prepared(connection, 'select * from growing where a = $1'), 1)
    await send(connection, 'alter table growing add column b int')
    assert.deepEqual((await look()).rows, [{ a: 1, b: null }])
    // Within a transaction that is said, and the next one finds them.
    for (let times = 0; times < 12; times++) await look()
    await send(connection, 'alter table growing add column c int')
    await send(connection, 'begin')
    await assert.rejects(look, /cached plan/)
    await send(connection, 'rollback')
    await send(connection, 'begin')
    assert.deepEqual((await look()).rows, [{ a: 1, b: null, c: null }])
    await connection.end()
  })
})
