import { test } from '@japa/runner'
import { filesOf } from './files_of.js'

/** A comment that begins like this makes the reader wait for what the thing is. */
const RIDDLE = /\/\*\*\s*(?:\*\s*)?(What|Who|Whose|Whom|Where|Which|When|How|Why)\b[^\n]*/g

test.group('Doc comments', () => {
  test('begin with what the thing is or does', ({ assert }) => {
    const found = filesOf('app', '.ts').flatMap(({ path, text }) =>
      [...text.matchAll(RIDDLE)].map(([comment]) => `${path}: ${comment}`)
    )
    assert.deepEqual(found, [])
  })
})
