const UNREADABLE = '●'

/**
 * Keying without a mouse: Enter goes to the next field, and from the last one saves; F8 puts ● for a
 * character that can't be read. The Enter that ends an IME conversion does neither.
 */
export function moveByEnter(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-keying]')) {
    form.addEventListener('keydown', (event) => {
      if (event.isComposing || event.keyCode === 229) return
      if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
        event.preventDefault()
        advance(form, event.target)
      }
      if (event.key === 'F8' && event.target instanceof HTMLInputElement) {
        event.preventDefault()
        insertUnreadable(event.target)
      }
    })
  }
}

/** One stop for each field: a group of choices is one. */
function stops(form: HTMLFormElement): HTMLElement[] {
  const seen = new Set<string>()
  return [...form.querySelectorAll<HTMLInputElement>('input:not([type=hidden])')].filter(
    (input) => {
      const grouped = input.type === 'radio' || input.type === 'checkbox'
      if (!grouped) return true
      if (seen.has(input.name)) return false
      seen.add(input.name)
      return true
    }
  )
}

function advance(form: HTMLFormElement, from: EventTarget | null): void {
  const list = stops(form)
  const current = list.findIndex(
    (stop) =>
      stop === from ||
      (from instanceof HTMLInputElement &&
        stop instanceof HTMLInputElement &&
        stop.name === from.name &&
        from.type !== 'text')
  )
  const next = list[current + 1]
  if (!next) return form.requestSubmit(form.querySelector<HTMLButtonElement>('button[data-main]'))
  const chosen =
    next instanceof HTMLInputElement && next.type === 'radio'
      ? form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(next.name)}"]:checked`)
      : null
  ;(chosen ?? next).focus()
  if (next instanceof HTMLInputElement && next.type === 'text') next.select()
}

function insertUnreadable(input: HTMLInputElement): void {
  if (input.type === 'text')
    input.setRangeText(UNREADABLE, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end')
  const choice = input
    .closest('fieldset')
    ?.querySelector<HTMLInputElement>(`input[value="${UNREADABLE}"]`)
  if (choice) choice.checked = true
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
