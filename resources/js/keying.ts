const UNREADABLE = '●'

/**
 * Keying without a mouse: Enter goes to the next field, and from the last one saves; F8 puts ● for a
 * character that can't be read. The Enter that ends an IME conversion does neither.
 */
export function moveByEnter(within: ParentNode = document): void {
  for (const form of within.querySelectorAll<HTMLFormElement>('form[data-keying]')) {
    form.addEventListener('keydown', (event) => {
      if (event.isComposing || event.keyCode === 229) return
      if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
        // In a long text it begins a line; with Ctrl it goes on.
        if (event.target instanceof HTMLTextAreaElement && !event.ctrlKey) return
        event.preventDefault()
        // A key that is held down saves nothing that nobody has looked at.
        if (!event.repeat) advance(form, event.target)
      }
      if (event.key === 'F8' && isWriting(event.target)) {
        event.preventDefault()
        insertUnreadable(event.target)
      }
      if (/^[1-9]$/.test(event.key) && isChoice(event.target)) {
        event.preventDefault()
        choose(event.target, Number(event.key))
      }
    })
    // Whoever types a text of their own has decided for it.
    form.addEventListener('input', ({ target }) => {
      const own = target instanceof HTMLElement && 'typed' in target.dataset
      if (own) ownChoice(target)?.click()
    })
  }
}

function isWriting(target: EventTarget | null): target is HTMLInputElement | HTMLTextAreaElement {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
}

function isChoice(target: EventTarget | null): target is HTMLInputElement {
  return target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type)
}

/** The n-th choice of a field, by its digit. A text of one's own is typed at once. */
function choose(from: HTMLInputElement, number: number): void {
  const choices = document.querySelectorAll<HTMLInputElement>(
    `input[name="${CSS.escape(from.name)}"]:not([type=hidden])`
  )
  const chosen = choices[number - 1]
  if (!chosen) return
  chosen.focus()
  chosen.click()
  chosen.closest('.choices')?.querySelector<HTMLElement>('[data-typed]')?.focus()
}

function ownChoice(typed: HTMLElement): HTMLInputElement | null {
  const choice = typed.closest('.choices')?.querySelector<HTMLInputElement>('input[type=radio]')
  return choice && !choice.checked ? choice : null
}

/** One stop for each field: a group of choices is one. */
function stops(form: HTMLFormElement): HTMLElement[] {
  const seen = new Set<string>()
  return [
    ...form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
      'input:not([type=hidden]), textarea'
    ),
  ].filter((input) => {
    // Belongs to the choice before it.
    if ('typed' in input.dataset) return false
    const grouped = input.type === 'radio' || input.type === 'checkbox'
    if (!grouped) return true
    if (seen.has(input.name)) return false
    seen.add(input.name)
    return true
  })
}

function advance(form: HTMLFormElement, from: EventTarget | null): void {
  const list = stops(form)
  const choice =
    from instanceof HTMLElement && 'typed' in from.dataset
      ? from.closest('.choices')?.querySelector('input[type=radio]')
      : null
  const current = list.findIndex(
    (stop) =>
      stop === from ||
      (choice instanceof HTMLInputElement &&
        stop instanceof HTMLInputElement &&
        stop.name === choice.name) ||
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

function insertUnreadable(input: HTMLInputElement | HTMLTextAreaElement): void {
  if (['text', 'textarea'].includes(input.type))
    input.setRangeText(UNREADABLE, input.selectionStart ?? 0, input.selectionEnd ?? 0, 'end')
  const choice = input
    .closest('fieldset')
    ?.querySelector<HTMLInputElement>(`input[value="${UNREADABLE}"]`)
  if (choice) choice.checked = true
  input.dispatchEvent(new Event('input', { bubbles: true }))
}
