/** Shows beside the screens of the menu how much waits there; more than a thousand is "999+". */
export function showWaiting(): void {
  const rail = document.querySelector<HTMLElement>('[data-waiting]')
  if (!rail) return
  void fetch(rail.dataset.waiting!, { headers: { accept: 'application/json' } })
    .then((answer) => (answer.ok ? answer.json() : {}))
    .then((counts: Record<string, number>) => {
      for (const badge of rail.querySelectorAll<HTMLElement>('[data-count]')) {
        const count = counts[badge.dataset.count!] ?? 0
        badge.textContent = count > 999 ? '999+' : String(count)
        badge.hidden = count === 0
      }
    })
    // Numbers that can't be had are not shown.
    .catch(() => {})
}
