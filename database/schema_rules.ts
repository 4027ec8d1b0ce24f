import { type SchemaRules } from '@adonisjs/lucid/types/schema_generator'

const DATE_STRING = { tsType: 'string', imports: [], decorators: [{ name: '@column' }] }
const TRANSACTION_ID = { tsType: 'string', imports: [], decorators: [{ name: '@column' }] }
const COUNT = { tsType: 'number', imports: [], decorators: [{ name: '@column' }] }
const JSON_VALUE = { tsType: 'unknown', imports: [], decorators: [{ name: '@column' }] }

/** A date is a string, never a moment; counts are numbers; JSON is checked where it is read. */
export default {
  types: {
    date: DATE_STRING,
    bigint: COUNT,
    jsonb: JSON_VALUE,
    json: JSON_VALUE,
    xid8: TRANSACTION_ID,
  },
} satisfies SchemaRules
