import { TaskSchema } from '#database/schema'
import type { HomeRule } from '#app/catalog/description'

/** One unit of human work. What its kind means, its `TaskKind` knows. */
export default class Task extends TaskSchema {
  declare links: HomeRule
  declare site: 'any' | 'center'
  declare state: 'open' | 'leased' | 'done' | 'withdrawn'
}
