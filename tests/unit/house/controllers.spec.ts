import { globSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'

test.group('Controllers', () => {
  test('neither query nor write the database: readers and steps of their room do', ({ assert }) => {
    const controllers = globSync('app/**/*_controller.ts')
    assert.isAbove(controllers.length, 40)
    const direct = controllers.filter((path) =>
      /from '@adonisjs\/lucid|\.rawQuery\(|\.trx\b/.test(readFileSync(path, 'utf8'))
    )
    assert.deepEqual(direct, [])
  })
})
