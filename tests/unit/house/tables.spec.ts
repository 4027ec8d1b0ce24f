import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import string from '@adonisjs/core/helpers/string'
import { test } from '@japa/runner'
import { ROOMS } from '../../../bin/house/rooms.js'
import { filesOf } from './files_of.js'
import { OWNERS } from './owners.js'
import { tableAccesses } from './table_accesses.js'

const OWNER = new Map(
  Object.entries(OWNERS).flatMap(([room, tables]) => tables.map((table) => [table, room] as const))
)
const CODE = filesOf('app', '.ts')

/** The table of every model, by its class. */
function models(): Map<string, string> {
  return new Map(
    CODE.flatMap(({ text }) => {
      const [, name, schema] = /export default class (\w+) extends (\w+)Schema/.exec(text) ?? []
      return name ? [[name, string.plural(string.snakeCase(schema))] as const] : []
    })
  )
}

const roomOf = (path: string) => path.split('/')[1]

test.group('Tables', () => {
  const tables = new Set(OWNER.keys())
  const accesses = CODE.flatMap((file) => tableAccesses(file, tables, models()))

  test('each has its room', ({ assert }) => {
    const made = filesOf('database/migrations', '.ts').flatMap(({ text }) =>
      [...text.matchAll(/createTable\('(\w+)'|create table (?:if not exists )?(\w+)/g)].map(
        ([, byBuilder, bySql]) => byBuilder ?? bySql
      )
    )
    assert.isAbove(made.length, 70)
    assert.deepEqual(
      made.filter((table) => !OWNER.has(table)),
      []
    )
    assert.deepEqual(
      [...OWNER.values()].filter((room) => !ROOMS.includes(room)),
      []
    )
  })

  test('are written by their room alone', ({ assert }) => {
    const foreign = accesses.filter(
      ({ table, writes, path }) => writes && roomOf(path) !== OWNER.get(table)
    )
    assert.deepEqual(
      foreign.map(({ table, path, line }) => `${path}:${line} writes ${table}`),
      []
    )
  })

  test('are read by their room and those above it', ({ assert }) => {
    const upward = accesses.filter(
      ({ table, path }) => ROOMS.indexOf(roomOf(path)) < ROOMS.indexOf(OWNER.get(table)!)
    )
    assert.deepEqual(
      upward.map(({ table, path, line }) => `${path}:${line} reads ${table}`),
      []
    )
  })

  test('what is looked for is found: builders, helpers, models and plain SQL', ({ assert }) => {
    const text = readFileSync(app.makePath('tests/unit/house/accesses.txt'), 'utf8')
    const found = tableAccesses({ path: 'app/x/y.ts', text }, tables, models())
    assert.deepEqual(
      found.map(({ table, writes, line }) => `${line} ${writes ? 'writes' : 'reads'} ${table}`),
      [
        '1 reads slots',
        '2 writes slots',
        '2 reads slots',
        '3 reads slots',
        '4 writes slots',
        '5 writes bookings',
        '5 reads slots',
        '6 reads legs',
        '6 writes legs',
        '7 writes work_orders',
      ]
    )
  })
})
