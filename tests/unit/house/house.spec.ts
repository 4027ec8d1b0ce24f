import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import { drawHouse } from '../../../bin/house/draw.js'
import { importsBetweenRooms } from '../../../bin/house/imports.js'
import { ROOMS } from '../../../bin/house/rooms.js'
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

  test('looks as docs/rooms.svg draws it (`npm run house`)', ({ assert }) => {
    const imports = importsBetweenRooms()
    assert.isAbove(imports.size, 50)
    const upward = [...imports].filter((pair) => {
      const [from, to] = pair.split(' ')
      return ROOMS.indexOf(from) < ROOMS.indexOf(to)
    })
    assert.deepEqual(upward, [])
    assert.equal(readFileSync(app.makePath('docs/rooms.svg'), 'utf8'), drawHouse(imports))
  })
})
