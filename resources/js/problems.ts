/** After a refusal the first field that is wrong has the focus. */
export function focusProblem(): void {
  const wrong = document.querySelector<HTMLInputElement>('.has-problem input:not([type=hidden])')
  wrong?.closest('details')?.setAttribute('open', '')
  wrong?.focus()
}
