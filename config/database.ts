import { defineConfig } from '@adonisjs/lucid'
import pg from 'pg'
import { databaseUrl, ownerUrl } from '#config/database_url'
import { prepareLeasing, prepareStatements } from '#config/prepare_statements'

// A date is a string, never a moment: "2026-12-10" must not move with a time zone.
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)
// Counts and sequences stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, (value) => Number(value))

export default defineConfig({
  connection: 'postgres',
  connections: {
    postgres: {
      client: 'pg',
      connection: { connectionString: databaseUrl() },
      pool: { min: 0, max: 10, afterCreate: prepareStatements },
      migrations: { naturalSort: true, paths: ['database/migrations'] },
      schemaGeneration: {
        enabled: process.env.NODE_ENV === 'development',
        outputPath: 'database/schema.ts',
        rulesPaths: ['./database/schema_rules.js'],
        excludeTables: ['rate_limits', 'sessions'],
      },
    },
    /** For leasing tasks alone: planned once for everybody, as to plan it takes longer than to do it. */
    leases: {
      client: 'pg',
      connection: { connectionString: databaseUrl() },
      pool: { min: 0, max: 6, afterCreate: prepareLeasing },
    },
    /** For retention alone. */
    owner: {
      client: 'pg',
      connection: { connectionString: ownerUrl() ?? databaseUrl() },
      pool: { min: 0, max: 2 },
    },
  },
})
