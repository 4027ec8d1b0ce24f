import type { Session } from '@adonisjs/session'

export type NoticeKind = 'good' | 'bad' | 'warn'

/** A message for the next page. Only the message's key travels: no personal data in the session. */
export function notice(session: Session, kind: NoticeKind, key: string): void {
  session.flash('notice', { kind, key })
}
