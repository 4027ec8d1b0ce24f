import type { HttpContext } from '@adonisjs/core/http'
import type { Text } from '#app/catalog/description'
import type { Permission } from '#app/people/permission'
import type User from '#app/people/user'
import type { Site } from '#app/people/user'
import { Registry } from '#app/core/registry'
import type { Wanted } from '#app/tasks/eligible'
import type Assignment from '#app/tasks/assignment'

/** The step that follows when somebody has handed in the result of a task. */
export type TaskOutcome =
  /** straight on to the next task of the kind, or the one that is wanted; without one, to a path */
  | { then: 'next'; wanted?: Wanted; otherwise?: string }
  /** the same screen again, with what it has to say */
  | { then: 'again'; shown: Record<string, unknown> }
  /** the lease had run out; what was given may be kept as a draft */
  | { then: 'late'; isKept?: boolean }
  /** elsewhere, with a message */
  | { then: 'leave'; notice: string; path: string }

export type TakenBack = { ok: true; assignmentId: string } | { ok: false; reason: 'not_taken_back' }

/** A task that somebody has done: its name on the form, and whether they may open it again. */
export interface Described {
  label: Text | null
  mayReopen: boolean
}

/** A kind of human work: all that the queue and its screens need to know of it. */
export interface TaskKind {
  name: string
  /** key of its name on screens */
  label: string
  /** what somebody must be allowed to do to be given it */
  permission: Permission
  /** may be done at home; else at the center alone */
  atHome?: true
  /** is done in passes, each by somebody who has done no other of them */
  inPasses?: true
  /** somebody decides on what others have done */
  decides?: true
  /** is offered in packs, and taken on with one alone */
  inPacks?: true
  /** the next ones lie ready on the screen of whoever does one */
  ahead?: true
  /** its tasks are of groups of a service's fields, and may be done so many of one after the other (a stretch) */
  groups?: {
    /** a group's name, and its service's; null where the version has no such group */
    name(serviceVersionId: string, groupKey: string): Promise<{ label: Text; service: Text } | null>
  }
  /** another kind: whoever has done that about the same part of the same subject isn't given this */
  notAfter?: string
  /** template of its screen */
  view: string
  /** what the screen shows */
  screen(ctx: HttpContext, assignment: Assignment): Promise<Record<string, unknown>>
  /** checks what was handed in, and does what it means */
  finish(ctx: HttpContext, assignment: Assignment): Promise<TaskOutcome>
  /** data key that seals what is typed meanwhile; where it is missing nothing of that is kept */
  draftKey?(assignment: Assignment): Promise<string>
  /** the picture above the fields, for who holds the lease */
  picture?(assignment: Assignment): Promise<Buffer | null>
  /** what somebody did last can be taken back for a while */
  retraction?: {
    /** its name on the form; null where there is nothing */
    last(userId: string): Promise<{ label: Text } | null>
    /** takes back what was done last, or with a certain assignment as long as nobody else has worked on it */
    take(user: User, site: Site, assignmentId?: string): Promise<TakenBack>
    /** what assignments were about, and whether each can be taken back */
    describe(assignmentIds: string[]): Promise<Map<string, Described>>
  }
}

/** All kinds of work; each room registers its own (start/kinds.ts). */
export const taskKinds = new Registry<TaskKind>('kind of task')

/** The kinds of work that somebody is given. */
export function kindsFor(user: User): TaskKind[] {
  return taskKinds.all().filter((kind) => user.may(kind.permission))
}
