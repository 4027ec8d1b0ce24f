import { play } from './tones'

/** The call display: a chime for each number that is called anew. Browsers want one touch before the first sound. */
export function chime(): void {
  const hall = document.querySelector<HTMLElement>('[data-chime]')
  const button = document.querySelector<HTMLButtonElement>('[data-chime-on]')
  if (!hall || !button) return
  let sound: AudioContext | null = null
  let known = called(hall)
  button.addEventListener('click', () => {
    sound = new AudioContext()
    ring(sound)
    button.hidden = true
  })
  hall.addEventListener('refreshed', () => {
    const now = called(hall)
    if (sound && now.some((number) => !known.includes(number))) ring(sound)
    known = now
  })
}

function called(hall: HTMLElement): string[] {
  return [...hall.querySelectorAll<HTMLElement>('[data-called]')].map((one) => one.dataset.called!)
}

/** Two notes, as in a station. */
function ring(sound: AudioContext): void {
  play(sound, [
    { hertz: 880, at: 0, seconds: 0.9 },
    { hertz: 660, at: 0.45, seconds: 0.9 },
  ])
}
