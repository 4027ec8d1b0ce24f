/** mm that an arrow key moves a place by */
const STEP = 0.5
/** mm; nothing smaller can be written in */
const LEAST = 1

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/**
 * The chosen place of a form is moved on its picture: by arrow keys (with Shift they change its size) or by
 * dragging. The numbers in the form follow, and the picture follows the numbers.
 */
export function movePlaces(): void {
  const paper = document.querySelector<SVGSVGElement>('svg[data-places]')
  const link = paper?.querySelector<SVGAElement>('[data-chosen]')
  const rect = link?.querySelector('rect')
  if (!paper || !link || !rect) return
  const sides = ['x', 'y', 'width', 'height'] as const
  const inputs = sides.map((side) => document.querySelector<HTMLInputElement>(`#${side}`))
  const read = () => inputs.map((input) => Number(input?.value ?? 0))
  const draw = () => {
    const values = read()
    sides.forEach((side, index) => rect.setAttribute(side, String(values[index])))
    const text = link.querySelector('text')
    text?.setAttribute('x', String(values[0] + 0.4))
    text?.setAttribute('y', String(values[1] + 2.6))
  }
  const put = (values: number[]) => {
    const { width, height } = paper.viewBox.baseVal
    const [x, y, wide, high] = values
    const kept = [
      Math.max(0, Math.min(width - LEAST, x)),
      Math.max(0, Math.min(height - LEAST, y)),
      Math.max(LEAST, wide),
      Math.max(LEAST, high),
    ]
    inputs.forEach((input, index) => {
      if (input) input.value = String(Math.round(kept[index] * 100) / 100)
    })
    draw()
    inputs[0]?.form?.dispatchEvent(new Event('input'))
  }
  inputs.forEach((input) => input?.addEventListener('input', draw))
  link.addEventListener('keydown', (event) => {
    const by = ARROWS[event.key]
    if (!by) return
    event.preventDefault()
    const [x, y, width, height] = read()
    put(
      event.shiftKey ? [x, y, width + by[0], height + by[1]] : [x + by[0], y + by[1], width, height]
    )
  })
  dragging(paper, link, read, put)
}

function dragging(
  paper: SVGSVGElement,
  link: SVGAElement,
  read: () => number[],
  put: (values: number[]) => void
): void {
  let from: { pointer: DOMPoint; values: number[] } | null = null
  const inMm = (event: PointerEvent) =>
    new DOMPoint(event.clientX, event.clientY).matrixTransform(paper.getScreenCTM()?.inverse())
  link.addEventListener('pointerdown', (event) => {
    event.preventDefault()
    link.setPointerCapture(event.pointerId)
    link.focus()
    from = { pointer: inMm(event), values: read() }
  })
  link.addEventListener('pointermove', (event) => {
    if (!from) return
    const at = inMm(event)
    const [x, y, width, height] = from.values
    put([x + at.x - from.pointer.x, y + at.y - from.pointer.y, width, height])
  })
  link.addEventListener('pointerup', () => (from = null))
  // The place is chosen already: a click on it would only lose what was moved.
  link.addEventListener('click', (event) => event.preventDefault())
}
