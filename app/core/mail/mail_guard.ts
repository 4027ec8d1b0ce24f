import type Mail from '#app/core/mail/mail'
import type { Transition } from '#app/core/transition'
import { Registry } from '#app/core/registry'

/** Asks again of mails of one purpose, just before they leave, whether they may; and is told that they have. */
export interface MailGuard {
  /** the purpose */
  name: string
  /** False where it may not; the guard has ended it then, or put it off. */
  mayLeave(mailId: string): Promise<boolean>
  /** It has left: what it belongs to says so with it. */
  left(t: Transition, mailId: string): Promise<void>
}

/** Each room registers one for what it has written. */
export const mailGuards = new Registry<MailGuard>('guard of mails')

/** A mail has left. */
export async function hasLeft(t: Transition, { id, purpose }: Mail): Promise<void> {
  if (mailGuards.has(purpose)) await mailGuards.get(purpose).left(t, id)
}

/** Whether a mail may leave now; whoever isn't guarded may. */
export async function mayLeave({ id, purpose }: Mail): Promise<boolean> {
  return !mailGuards.has(purpose) || mailGuards.get(purpose).mayLeave(id)
}
