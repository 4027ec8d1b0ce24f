/** A second click while a form is on its way does nothing. The server would take it once as well. */
export function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return
    if (form.dataset.sent === 'yes') return event.preventDefault()
    if (form.target !== '_blank') form.dataset.sent = 'yes'
  })
  // Coming back by the back button, the form may be sent again.
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sent
  })
}
