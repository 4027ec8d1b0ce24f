/** A form with `data-ask` asks before it is sent, when something was typed on the page that it would leave behind. */
export function askFirst(): void {
  let typed = false
  document.addEventListener('input', () => (typed = true))
  document.addEventListener('turned', () => (typed = false))
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target
      if (!(form instanceof HTMLFormElement) || !form.dataset.ask || !typed) return
      if (window.confirm(form.dataset.ask)) typed = false
      else {
        event.preventDefault()
        event.stopImmediatePropagation()
      }
    },
    true
  )
}
