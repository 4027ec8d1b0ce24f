import { TaskSchema } from '#database/schema'
import type { HomeRule } from '#app/catalog/description'
import type { Role } from '#app/identity/user'

export const TASK_KINDS = [
  'identify',
  'pair',
  'key',
  'adjudicate',
  'call',
  'call_back',
  'substitute',
  'correct',
] as const
export type TaskKind = (typeof TASK_KINDS)[number]
export type TaskSubjectType = 'page' | 'submission' | 'reply' | 'call_back' | 'correction'

/** Which kinds of work each role is offered. */
export const KINDS_OF: Record<Role, TaskKind[]> = {
  operator: ['key'],
  leader: ['adjudicate', 'identify', 'pair', 'substitute', 'correct'],
  desk: ['call', 'call_back'],
  center_admin: ['adjudicate', 'identify', 'pair', 'substitute', 'correct', 'call', 'call_back'],
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
