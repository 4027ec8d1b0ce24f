import { writeFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { assert } from '@japa/assert'
import type { Suite } from '@japa/runner/core'
import { spec } from '@japa/runner/reporters'
import type { Config, NamedReporterContract } from '@japa/runner/types'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'
import { groupReporter } from '#tests/support/group_reporter'
import { showScreensOfFailed } from '#tests/support/last_screens'
import { shareGroups, shuffleGroups } from '#tests/support/shards'

export const plugins: Config['plugins'] = [assert(), pluginAdonisJS(app)]

/** Keeps how many tests passed and failed, and why, for the last lines of `npm test`. */
const outcome: NamedReporterContract = {
  name: 'outcome',
  handler(runner, emitter) {
    const reasons: string[] = []
    emitter.on('test:end', ({ title, errors }) => {
      for (const { error } of errors) reasons.push(`${title.expanded}\n${whatHappened(error)}`)
    })
    emitter.on('runner:end', () => {
      const { aggregates } = runner.getSummary()
      if (process.env.TEST_OUTCOME)
        writeFileSync(
          process.env.TEST_OUTCOME,
          JSON.stringify({
            passed: aggregates.passed,
            failed: aggregates.failed + aggregates.regression,
            reasons,
          })
        )
    })
  },
}

function whatHappened(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

export const reporters: Config['reporters'] = {
  activated: [process.env.TEST_CLAIMS ? 'groups' : 'spec', 'outcome'],
  list: [spec(), groupReporter, outcome],
}

/** Remembers what the tests' own database holds, as it was prepared. */
export async function setup(): Promise<void> {
  const { keepPristine } = await import('#tests/support/pristine')
  await keepPristine()
}

/** Suites that speak HTTP get a real server. */
export function configureSuite(suite: Suite): void {
  shareGroups(suite)
  shuffleGroups(suite)
  if (suite.name === 'browser') showScreensOfFailed(suite)
  if (suite.name !== 'unit') suite.setup(() => testUtils.httpServer().start())
}
