/** A screen for everybody goes back to its beginning by itself: `data-return-to`, after so many seconds. */
export function returnByItself(): void {
  const part = document.querySelector<HTMLElement>('[data-return-to]')
  if (part)
    setTimeout(
      () => location.assign(part.dataset.returnTo!),
      Number(part.dataset.returnAfter) * 1000
    )
}
