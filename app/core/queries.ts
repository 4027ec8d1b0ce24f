import type { QueryClientContract } from '@adonisjs/lucid/types/database'

/** The target of queries: the database itself, or a transaction. */
export type Queries = Pick<QueryClientContract, 'from' | 'table' | 'rawQuery' | 'raw' | 'knexQuery'>
