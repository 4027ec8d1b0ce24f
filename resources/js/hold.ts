/** Counts down how long a place is still held: `data-countdown="300"` seconds. */
export function countHold(): void {
  const shown = document.querySelector<HTMLElement>('[data-countdown]')
  if (!shown) return
  const until = performance.now() + Number(shown.dataset.countdown) * 1000
  const tick = () => {
    const left = Math.max(0, Math.round((until - performance.now()) / 1000))
    shown.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
    // The place is gone: the page says so, and offers others.
    if (left === 0) location.reload()
    else setTimeout(tick, 1000)
  }
  tick()
}
