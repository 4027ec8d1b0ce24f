/** Gives up being root for the user that the parent names (OWN_USER), if it does. Nothing is left to go back by. */
export function becomeOwnUser(): void {
  const user = Number(process.env.OWN_USER)
  if (!user) return
  process.setgroups?.([])
  process.setgid?.(user)
  process.setuid?.(user)
}
