const FRAME = 'print-frame'

/** Links to papers print in place, without another window: `data-print`. Where that fails they open as links. */
export function printInPlace(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-print]') : null
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    print(link.href)
  })
}

function print(url: string): void {
  document.getElementById(FRAME)?.remove()
  const frame = document.createElement('iframe')
  frame.id = FRAME
  frame.className = 'print-frame'
  frame.title = 'print'
  // Whoever prints goes on where they were: the next Enter belongs to this page, not to the paper.
  const before = document.activeElement
  frame.addEventListener('load', () => {
    try {
      frame.contentWindow?.print()
    } catch {
      window.open(url, '_blank')
    }
    window.focus()
    if (before instanceof HTMLElement) before.focus()
  })
  frame.src = url
  document.body.append(frame)
}
