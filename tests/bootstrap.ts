import { writeFileSync } from 'node:fs'
import app from '@adonisjs/core/services/app'
import testUtils from '@adonisjs/core/services/test_utils'
import { assert } from '@japa/assert'
import type { Suite } from '@japa/runner/core'
import { spec } from '@japa/runner/reporters'
import type { Config, NamedReporterContract } from '@japa/runner/types'
import { pluginAdonisJS } from '@japa/plugin-adonisjs'

export const plugins: Config['plugins'] = [assert(), pluginAdonisJS(app)]

/** Keeps how many tests passed and failed for the last line of `npm test`. */
const counts: NamedReporterContract = {
  name: 'counts',
  handler(runner, emitter) {
    emitter.on('runner:end', () => {
      const { aggregates } = runner.getSummary()
      if (process.env.TEST_COUNTS)
        writeFileSync(
          process.env.TEST_COUNTS,
          JSON.stringify({
            passed: aggregates.passed,
            failed: aggregates.failed + aggregates.regression,
          })
        )
    })
  },
}

export const reporters: Config['reporters'] = {
  activated: ['spec', 'counts'],
  list: [spec(), counts],
}

/** Migrates and seeds the tests' own database. */
export async function setup(): Promise<void> {
  const { prepareDatabase } = await import('#database/prepare')
  await prepareDatabase({ demo: true })
}

/** Suites that speak HTTP get a real server. */
export function configureSuite(suite: Suite): void {
  if (suite.name !== 'unit') suite.setup(() => testUtils.httpServer().start())
}
