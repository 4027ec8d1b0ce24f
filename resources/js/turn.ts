/**
 * The part of a screen that is shown to the person across the counter: once, it fills the screen in large type; again,
 * it stands upside down, for a screen that lies on the counter; again, everything is as before.
 */
export function turnScreen(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-turn]')
  const part = document.querySelector<HTMLElement>('[data-turnable]')
  if (!button || !part) return
  const turns = [[], ['turned'], ['turned', 'upside-down']]
  let turn = 0
  const show = (next: number) => {
    turn = next % turns.length
    document.body.classList.remove(...turns.flat())
    document.body.classList.add(...turns[turn])
    part.querySelector<HTMLButtonElement>('.offers button')?.focus()
  }
  button.addEventListener('click', () => show(turn + 1))
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || turn === 0) return
      event.stopPropagation()
      show(0)
    },
    true
  )
}
