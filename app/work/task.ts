import { TaskSchema } from '#database/schema'
import type { HomeRule } from '#app/catalog/description'
import type { Role } from '#app/identity/user'

export type TaskKind = 'identify' | 'pair' | 'key' | 'adjudicate' | 'call' | 'substitute'
export type TaskSubjectType = 'page' | 'submission' | 'reply'

/** Which kinds of work each role is offered. */
export const KINDS_OF: Record<Role, TaskKind[]> = {
  operator: ['key'],
  leader: ['adjudicate', 'identify', 'pair', 'substitute'],
  desk: ['call'],
  center_admin: ['adjudicate', 'identify', 'pair', 'substitute', 'call'],
  client: [],
}

/** One unit of human work. */
export default class Task extends TaskSchema {
  declare kind: TaskKind
  declare subjectType: TaskSubjectType
  declare links: HomeRule
  declare place: 'any' | 'center'
  declare state: 'open' | 'leased' | 'done' | 'withdrawn'
}
