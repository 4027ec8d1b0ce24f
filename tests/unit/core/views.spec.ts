import edge from 'edge.js'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from '@japa/runner'

const VIEWS = new URL('../../../resources/views/', import.meta.url).pathname
/** A tag that doesn't begin its line, or an end with something behind it: it would be shown as text. */
const IN_TEXT = /\S.*?[^@\w]@(if|elseif|else|each|end)\b|^\s*@end\S/

test.group('Views', () => {
  test('have every condition and loop on a line of its own', async ({ assert }) => {
    const files = (await readdir(VIEWS, { recursive: true })).filter((one) => one.endsWith('.edge'))
    assert.isAbove(files.length, 50)
    for (const file of files) {
      const lines = (await readFile(join(VIEWS, file), 'utf8')).split('\n')
      assert.deepEqual(
        lines.filter((line) => IN_TEXT.test(line)),
        [],
        file
      )
    }
  })

  test('an alert that says nothing isn’t there', async ({ assert }) => {
    const alert = (says: string) => edge.render('components/alert', { is: 'bad', says })
    assert.equal((await alert('')).trim(), '')
    assert.match(await alert('だめです'), /role="alert">\s*<p>だめです<\/p>/)
  })
})
