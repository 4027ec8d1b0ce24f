import { BackupSchema } from '#database/schema'
import { changeState, type StateRules } from '#app/core/change_state'
import type { Transition } from '#app/core/transition'

type BackupState = 'asked' | 'running' | 'done' | 'failed' | 'removed'
export type BackupFailure = 'disk' | 'stopped' | 'other'

const RULES: StateRules<BackupState> = {
  table: 'backups',
  subject: 'backup',
  from: {
    asked: [],
    running: ['asked'],
    done: ['running'],
    failed: ['running'],
    removed: ['done'],
  },
  // Of every client at once.
  client: 'cast(null as uuid)',
}

/** A back-up that was asked for, or came by itself in the night. Its state changes by its methods alone. */
export default class Backup extends BackupSchema {
  declare state: BackupState
  declare reason: BackupFailure | 'missing' | 'out_of_reach' | null

  async start(t: Transition): Promise<void> {
    await this.#move(t, 'running')
  }

  /** It is whole; facts of it are saved with it. */
  async finish(t: Transition): Promise<void> {
    await this.useTransaction(t.trx).save()
    await this.#move(t, 'done', { finished_at: new Date().toISOString() })
  }

  async fail(t: Transition, reason: BackupFailure): Promise<void> {
    await this.#move(t, 'failed', { reason, finished_at: new Date().toISOString() })
  }

  /** Its time was over, and its folder is gone. */
  async remove(t: Transition, actorId?: string): Promise<void> {
    await this.#move(t, 'removed', {}, actorId)
  }

  async #move(
    t: Transition,
    to: BackupState,
    set: Record<string, string> = {},
    actorId: string | null | undefined = this.askedBy
  ): Promise<void> {
    await changeState(t, RULES, [this.id], to, { set, actorId })
    await this.useTransaction(t.trx).refresh()
  }
}
