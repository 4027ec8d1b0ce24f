import Mail, { MAIL_STATES, type MailState } from '#app/core/mail/mail'

/** Reads which state a list is limited to from an address. */
export function mailFilter(qs: Record<string, unknown>): MailState | null {
  return MAIL_STATES.find((state) => state === qs.state) ?? null
}

/** Selects mails with whom they are for, newest first. */
export function listMails(state: MailState | null) {
  return Mail.query()
    .leftJoin('users', 'users.id', 'mails.user_id')
    .if(state, (query) => query.where('mails.state', state!))
    .orderBy('mails.created_at', 'desc')
    .orderBy('mails.id', 'desc')
    .select('mails.*', 'users.display_name as person')
}
