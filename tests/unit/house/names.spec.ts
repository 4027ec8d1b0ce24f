import { readFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import { test } from '@japa/runner'
import ts from 'typescript'
import { filesOf } from './files_of.js'

/** What names are made of: slipOf, slip_of and SLIP_OF are slip and of. */
function partsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter(Boolean)
}

/** Every name in a file, and its own. */
function namesIn({ path, text }: { path: string; text: string }): string[] {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text)
  const names = [path.split('/').at(-1)!.replace('.ts', '')]
  for (let token = scanner.scan(); token !== ts.SyntaxKind.EndOfFileToken; token = scanner.scan())
    if (token === ts.SyntaxKind.Identifier) names.push(scanner.getTokenText())
  return names
}

test.group('Names', () => {
  test('have no part that the glossary avoids', ({ assert }) => {
    const glossary = readFileSync(app.makePath('docs/glossary.md'), 'utf8')
    const [, list] = glossary.split('## Words that code avoids')
    const avoided = [...list.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell]) =>
      [...cell.matchAll(/`(\w+)`/g)].map(([, word]) => word)
    )
    assert.isAbove(avoided.length, 5)
    const found = filesOf('app', '.ts').flatMap((file) =>
      namesIn(file)
        .filter((name) => partsOf(name).some((part) => avoided.includes(part)))
        .map((name) => `${file.path}: ${name}`)
    )
    assert.deepEqual([...new Set(found)], [])
  })
})
