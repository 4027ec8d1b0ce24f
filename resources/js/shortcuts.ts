/** Keys that stand on buttons and links: `data-key="n"`. They rest while somebody types. */
export function shortcuts(): void {
  document.addEventListener('keydown', (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    const typing =
      event.target instanceof HTMLElement &&
      event.target.matches(
        'input[type=text], input[type=password], input[type=search], input[type=date], textarea, select'
      )
    if (typing && event.key !== 'Escape') return
    const target = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(event.key)}"]`)
    if (!target) return
    event.preventDefault()
    target.click()
  })
}
