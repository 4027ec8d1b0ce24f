import { BackupSchema } from '#database/schema'

/** A back-up that was asked for, or came by itself in the night. */
export default class Backup extends BackupSchema {
  declare state: 'asked' | 'running' | 'done' | 'failed' | 'removed'
  declare reason: 'disk' | 'missing' | 'stopped' | 'other' | null
}
