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

/** The names under which a statement is prepared in a connection. */
async function preparedAs(connection: pg.Client, text: string): Promise<string[]> {
  const { rows } = await send(
    connection,
    'select name from pg_prepared_statements where statement = $1',
    [text]
  )
  return rows.map(({ name }: { name: string }) => name)
}

async function prepared(connection: pg.Client, text: string): Promise<number> {
  return (await preparedAs(connection, text)).length
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

  test('make room for those that are sent now, in every connection', async ({ assert }) => {
    const connection = await connected()
    const kept = 'select $1::int + 4712 as sum'
    const first = 'select $1::int + 4713 as sum'
    for (let times = 0; times < 12; times++)
      for (const text of [kept, first]) await send(connection, text, [1])
    const [name] = await preparedAs(connection, kept)
    for (let number = 0; number < 310; number++) {
      for (let times = 0; times < 10; times++)
        await send(connection, `select $1::int as a${number}`, [1])
      await send(connection, kept, [1])
    }
    const { rows } = await send(
      connection,
      'select count(*)::int as count from pg_prepared_statements'
    )
    assert.isAtMost(rows[0].count, 301)
    assert.equal(await prepared(connection, first), 0)
    assert.deepEqual(await preparedAs(connection, kept), [name])
    assert.equal(await prepared(connection, 'select $1::int as a309'), 1)
    assert.equal((await send(connection, first, [1])).rows[0].sum, 4714)
    await connection.end()
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
