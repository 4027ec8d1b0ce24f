/**
 * Whoever leaves a form with `data-unsaved` that was typed in and not sent is asked first, as is who leaves one that
 * was refused.
 */
export function guardUnsaved(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-unsaved]')]
  if (forms.length === 0) return
  const typed = new Set(forms.filter((form) => form.dataset.unsaved === 'refused'))
  let onItsWay: HTMLFormElement | undefined
  for (const form of forms) form.addEventListener('input', () => typed.add(form))
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (form instanceof HTMLFormElement && typed.delete(form)) onItsWay = form
  })
  window.addEventListener('beforeunload', (event) => {
    if (typed.size === 0) return
    event.preventDefault()
    // Runs only where the answer was to stay: then nothing was sent.
    setTimeout(() => {
      if (onItsWay) typed.add(onItsWay)
      onItsWay = undefined
      window.dispatchEvent(new Event('pageshow'))
    })
  })
}
