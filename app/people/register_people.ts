import { retention } from '#app/core/retention'
import { cleanUpSignIn } from '#app/people/clean_up'

/** Registers what this room brings. */
export function registerPeople(): void {
  retention.register({ name: 'sign-in', removeOver: cleanUpSignIn })
}
