/** Seconds: going back, what is heard once more after a pause, and how far the speed goes in a step. */
const BACK = 3
const AGAIN = 1
const STEP = 0.25
const SLOWEST = 0.5
const FASTEST = 2

/**
 * Listening while one writes: F6 plays and pauses, F7 goes back, F9 puts the time into the text, Alt with the arrows
 * makes it slower or faster. The hands stay on the keyboard.
 */
export function listenByKeys(): void {
  const player = document.querySelector<HTMLAudioElement>('audio[data-player]')
  if (!player) return
  const told = document.querySelector<HTMLElement>('[data-player-problem]')
  const fail = () => told?.removeAttribute('hidden')
  player.addEventListener('error', fail)
  // Whoever listens is at work, though they touch nothing.
  player.addEventListener('timeupdate', () => document.dispatchEvent(new Event('working')))
  void load(player).catch(fail)
  player.addEventListener('loadedmetadata', () => {
    if (player.duration === 0) fail()
  })
  const actions: Record<string, () => void> = {
    F6: () => toggle(player),
    F7: () => (player.currentTime = Math.max(0, player.currentTime - BACK)),
    F9: () => stamp(player),
  }
  const speed = (by: number) => {
    player.playbackRate = Math.min(FASTEST, Math.max(SLOWEST, player.playbackRate + by))
    const shown = document.querySelector('[data-speed]')
    if (shown) shown.textContent = `×${player.playbackRate}`
  }
  document.addEventListener('keydown', (event) => {
    const isSpeed = event.altKey && ['ArrowUp', 'ArrowDown'].includes(event.key)
    const action = actions[event.key]
    if (event.isComposing || (!action && !isSpeed)) return
    event.preventDefault()
    if (isSpeed) speed(event.key === 'ArrowUp' ? STEP : -STEP)
    else action()
  })
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-player-key]'))
    button.addEventListener('click', () => {
      const { playerKey = '' } = button.dataset
      if (playerKey === '+' || playerKey === '-') speed(playerKey === '+' ? STEP : -STEP)
      else actions[playerKey]()
    })
}

/** Takes the whole recording into the page's memory: a part of it is never asked for, and going back costs nothing. */
async function load(player: HTMLAudioElement): Promise<void> {
  const response = await fetch(player.src)
  if (!response.ok) throw new Error(String(response.status))
  player.preload = 'auto'
  player.src = URL.createObjectURL(await response.blob())
}

function toggle(player: HTMLAudioElement): void {
  if (!player.paused) return player.pause()
  player.currentTime = Math.max(0, player.currentTime - AGAIN)
  void player.play().catch(() => {})
}

/** Puts the time, as [00:12:34], where the text is being written. */
function stamp(player: HTMLAudioElement): void {
  const text = document.querySelector<HTMLTextAreaElement>('textarea[data-writing]')
  if (!text) return
  const seconds = Math.floor(player.currentTime)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const time = parts.map((part) => String(part).padStart(2, '0')).join(':')
  text.focus()
  text.setRangeText(`[${time}] `, text.selectionStart, text.selectionEnd, 'end')
  text.dispatchEvent(new Event('input', { bubbles: true }))
}
