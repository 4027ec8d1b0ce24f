import { test } from '@japa/runner'
import { filesOf } from './files_of.js'

const CODE = [
  ...filesOf('app', '.ts'),
  ...filesOf('start', '.ts'),
  ...filesOf('resources/views', '.edge'),
]

/** Where a pattern stands, but in these files. */
function places(pattern: RegExp, files = CODE, except: RegExp = /^$/): string[] {
  return files
    .filter(({ path, text }) => !except.test(path) && pattern.test(text))
    .map(({ path }) => path)
}

test.group('The house', () => {
  test('asks for permissions; only what defines people knows roles', ({ assert }) => {
    const roles = /\b(user|me|person|getUserOrFail\(\))\??\.role\b|role [!=]==|where(Not)?\('role'/
    assert.isEmpty(places(roles, CODE, /^app\/people\//))
  })

  test('has no chain that knows the kinds of work: each is known to the room that makes it', ({
    assert,
  }) => {
    assert.isEmpty(places(/task\.kind (===|!==) '/))
    const queue = CODE.filter(({ path }) => path.startsWith('app/tasks/'))
    const kinds = /'(key|adjudicate|identify|pair|call|call_back|substitute|correct)'/
    assert.isEmpty(places(kinds, queue))
  })

  test('changes a submission’s state by the methods of its model alone', ({ assert }) => {
    const writes = /submission\w*(\.useTransaction\([^)]*\))?\s*\.merge\(\{[^}]*\bstate\b/
    assert.isEmpty(places(writes))
    assert.isEmpty(places(/from\('submissions'\)[^;]{0,200}\.update\(\{ state/))
  })
})
