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
  for (const [index, hertz] of [880, 660].entries()) {
    const start = sound.currentTime + index * 0.45
    const tone = sound.createOscillator()
    const loudness = sound.createGain()
    tone.frequency.value = hertz
    loudness.gain.setValueAtTime(0.4, start)
    loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.9)
    tone.connect(loudness).connect(sound.destination)
    tone.start(start)
    tone.stop(start + 0.9)
  }
}
