/**
 * Whoever leaves a form with `data-unsaved` that was typed in and not sent is asked first, as is who leaves one that
 * was refused.
 */
export function guardUnsaved(): void {
  const forms = [...document.querySelectorAll<HTMLFormElement>('form[data-unsaved]')]
  if (forms.length === 0) return
  const typed = new Set(forms.filter((form) => form.dataset.unsaved === 'refused'))
  for (const form of forms) form.addEventListener('input', () => typed.add(form))
  document.addEventListener('submit', (event) => {
    if (event.target instanceof HTMLFormElement) typed.delete(event.target)
  })
  window.addEventListener('beforeunload', (event) => {
    if (typed.size > 0) event.preventDefault()
  })
}
