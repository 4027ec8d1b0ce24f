import type Mail from '#app/core/mail/mail'
import { Registry } from '#app/core/registry'

/** Asks again of mails of one purpose, just before they leave, whether they may. */
export interface MailGuard {
  /** the purpose */
  name: string
  /** False where it may not; the guard has ended it then, or put it off. */
  mayLeave(mailId: string): Promise<boolean>
}

/** Each room registers one for what it has written. */
export const mailGuards = new Registry<MailGuard>('guard of mails')

/** Whether a mail may leave now; whoever isn't guarded may. */
export async function mayLeave({ id, purpose }: Mail): Promise<boolean> {
  return !mailGuards.has(purpose) || mailGuards.get(purpose).mayLeave(id)
}
