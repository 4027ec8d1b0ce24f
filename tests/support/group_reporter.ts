import { relative } from 'node:path'
import app from '@adonisjs/core/services/app'
import type { NamedReporterContract } from '@japa/runner/types'

/** Writes a group's lines together when it has ended: several processes share the screen. */
export const groupReporter: NamedReporterContract = {
  name: 'groups',
  handler(_, emitter) {
    let lines: string[] = []
    emitter.on('group:start', () => {
      lines = []
    })
    emitter.on('test:end', ({ title, duration, hasError, meta }) => {
      if (lines.length === 0)
        lines.push(
          '',
          `${String(meta.suite.name)} / ${String(meta.group?.title ?? '')} (${relative(app.makePath(), String(meta.fileName))})`
        )
      lines.push(`  ${hasError ? '✖' : '✔'} ${title.expanded} (${readable(duration)})`)
    })
    emitter.on('group:end', () => {
      if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`)
    })
  },
}

function readable(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
