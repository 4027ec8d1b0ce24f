import { globSync, readFileSync } from 'node:fs'
import { test } from '@japa/runner'

const MAX_LINES = 200

/** What is longer, and why it isn't cut. */
const LONG: Record<string, string> = {
  'app/catalog/description.ts': 'one shape: what a version freezes',
  'app/handover/connectors/ride/ride_connector.ts': 'one class, a few lines for each question',
  'app/handover/slot_connector.ts': 'one class, a few lines for each question',
  'app/reading/decoding/child.ts': 'all that is run in the child which opens files from outside',
}

test.group('Files', () => {
  test('are short, but for those of which it is said why not', ({ assert }) => {
    const files = globSync('app/**/*.ts')
    assert.isAbove(files.length, 500)
    const long = files.filter(
      (path) => readFileSync(path, 'utf8').trimEnd().split('\n').length > MAX_LINES
    )
    assert.sameMembers(long, Object.keys(LONG))
  })
})
