/**
 * A second click while a form is on its way does nothing. The server would take it once as well. A button says with
 * its `data-busy` what takes so long.
 */
export function sendOnce(): void {
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return
    if (form.dataset.sent === 'yes') return event.preventDefault()
    if (form.target === '_blank') return
    form.dataset.sent = 'yes'
    const button = event.submitter
    if (!(button instanceof HTMLButtonElement) || !button.dataset.busy) return
    button.dataset.idle = button.textContent
    button.textContent = button.dataset.busy
    button.setAttribute('aria-busy', 'true')
  })
  // Coming back by the back button, or having stayed, the form may be sent again.
  window.addEventListener('pageshow', () => {
    for (const form of document.forms) delete form.dataset.sent
    for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-idle]')) {
      button.textContent = button.dataset.idle ?? ''
      button.removeAttribute('aria-busy')
      delete button.dataset.idle
    }
  })
}
