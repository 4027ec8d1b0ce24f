import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'

/** All files below a folder that end so, by their paths. */
function filesOf(folder: string, ending: string): { path: string; text: string }[] {
  return readdirSync(app.makePath(folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path))
    .map((path) => ({ path, text: readFileSync(app.makePath(path), 'utf8') }))
}

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
    assert.isEmpty(places(roles, CODE, /^app\/identity\//))
  })

  test('has no chain that knows the kinds of work: each is known to the room that makes it', ({
    assert,
  }) => {
    assert.isEmpty(places(/task\.kind (===|!==) '/))
    const queue = CODE.filter(({ path }) => path.startsWith('app/work/'))
    const kinds = /'(key|adjudicate|identify|pair|call|call_back|substitute|correct)'/
    assert.isEmpty(places(kinds, queue))
  })

  test('changes a submission’s state by the methods of its model alone', ({ assert }) => {
    const writes = /submission\w*(\.useTransaction\([^)]*\))?\s*\.merge\(\{[^}]*\bstate\b/
    assert.isEmpty(places(writes))
    assert.isEmpty(places(/from\('submissions'\)[^;]{0,200}\.update\(\{ state/))
  })
})
