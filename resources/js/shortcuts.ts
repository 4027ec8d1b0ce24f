/** Keys that stand on buttons and links: `data-key="n"`. They rest while somebody types. */
export function shortcuts(): void {
  document.addEventListener('keydown', (event) => {
    // Where one writes the key means something already.
    if (event.defaultPrevented) return
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const typing =
      event.target instanceof HTMLElement &&
      event.target.matches(
        'input[type=text], input[type=password], input[type=search], input[type=date], textarea, select'
      )
    // A field for digits may leave the letters to the buttons.
    const digitsOnly =
      event.target instanceof HTMLElement &&
      'lettersAct' in event.target.dataset &&
      /^[a-z]$/i.test(event.key)
    const always = event.key === 'Escape' || /^F\d+$/.test(event.key)
    if ((typing && !always && !digitsOnly) || document.querySelector('dialog[open]')) return
    // Caps Lock and Shift change nothing.
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
    if (!target) return
    event.preventDefault()
    if (target instanceof HTMLInputElement) return target.focus()
    target.click()
    // What was opened is to be filled in.
    if (target instanceof HTMLElement && target.matches('summary'))
      target.parentElement?.querySelector<HTMLElement>('input:not([type=hidden])')?.focus()
  })
}
