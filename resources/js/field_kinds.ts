/** In the editor of a field, shows only what its kind has: no check digit for a name. */
export function showForKind(): void {
  const select = document.querySelector<HTMLSelectElement>('select[data-kinds]')
  if (!select) return
  const parts = document.querySelectorAll<HTMLElement>('[data-for]')
  const show = () => {
    const has = (select.selectedOptions[0]?.dataset.has ?? '').split(' ')
    for (const part of parts) part.hidden = !has.includes(part.dataset.for ?? '')
  }
  select.addEventListener('change', show)
  show()
}
