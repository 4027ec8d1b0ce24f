import { createHash } from 'node:crypto'
import { openSync, closeSync } from 'node:fs'
import { join, relative } from 'node:path'
import app from '@adonisjs/core/services/app'
import type { Group, Suite } from '@japa/runner/core'

/**
 * Several processes walk the same suites (TEST_CLAIMS names a folder that they share): each group of tests is run by
 * the one that comes to it first.
 */
export function shareGroups(suite: Suite): void {
  const claims = process.env.TEST_CLAIMS
  if (!claims) return
  suite.onGroup((group) => {
    const run = group.exec.bind(group)
    group.exec = async () => {
      if (claim(claims, groupName(group))) await run()
    }
  })
}

/** Another order of the groups in each suite: TEST_SHUFFLE=number, the same one for the same number. */
export function shuffleGroups(suite: Suite): void {
  const seed = process.env.TEST_SHUFFLE
  if (!seed) return
  const rank = (group: Suite['stack'][number]) =>
    createHash('sha256')
      .update(`${seed} ${'tests' in group ? groupName(group) : group.title}`)
      .digest('hex')
  suite.setup(() => {
    suite.stack.sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
  })
}

function groupName(group: Group): string {
  const file = String(group.options.meta.fileName)
  return `${relative(app.makePath(), file)} ${group.title}`
}

function claim(folder: string, name: string): boolean {
  const file = join(folder, createHash('sha256').update(name).digest('hex'))
  try {
    closeSync(openSync(file, 'wx'))
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}
