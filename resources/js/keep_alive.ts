import { csrfToken } from './csrf'
import { withSession } from './session'

const EVERY_MS = 30_000
/** a draft is kept so long after the last change */
const SETTLED_MS = 1_000
/** nothing typed for so long is a pause, not work */
const IDLE_MS = 120_000
/** where one works in a tool of others, it is longer */
const ELSEWHERE_MS = 1_800_000
const KEPT = /^(values|chosen|typed)\[/

/** What lies ready is somebody else's again some minutes after the last sign of life: by then it isn't turned to. */
export const FRESH_SECONDS = 150

let lastSign = Date.now()
/** When the server last heard from who works here, and the lease still ran: at first, when it gave the page. */
let heardAt = Date.now()

/** Seconds since the server knows that somebody works here. */
export function secondsUnheard(): number {
  return (Date.now() - heardAt) / 1000
}

/** Notes every sign of somebody working. */
export function watchSigns(): void {
  for (const sign of ['keydown', 'pointerdown', 'input', 'working'])
    document.addEventListener(sign, () => (lastSign = Date.now()))
}

/**
 * While somebody works on a task: keeps the draft, prolongs the lease, and says when the lease is lost.
 * @returns how it ends, where another task follows on the same page; what was typed within the last second is kept
 * where it isn't handed in
 */
export function countDown(): (isHandedIn: boolean) => void {
  const form = document.querySelector<HTMLFormElement>('form[data-draft-url]')
  if (!form) return () => {}

  const send = (leaving: boolean) =>
    fetch(form.dataset.draftUrl!, {
      method: 'PUT',
      headers: { 'x-csrf-token': csrfToken(), 'accept': 'application/json' },
      keepalive: leaving,
      body: new URLSearchParams(
        [...new FormData(form)].flatMap(([name, value]) =>
          typeof value === 'string' && KEPT.test(name) ? [[name, value] as [string, string]] : []
        )
      ),
    })
  const tell = async () => {
    clearTimeout(changed)
    changed = undefined
    const idle = 'elsewhere' in form.dataset ? ELSEWHERE_MS : IDLE_MS
    if (Date.now() - lastSign > idle) return
    const response = await withSession(() => send(false)).catch(() => null)
    const lost = response?.status === 409
    if (response?.ok) {
      const wasAway = secondsUnheard() > FRESH_SECONDS
      heardAt = Date.now()
      if (wasAway) document.dispatchEvent(new Event('unheard'))
    }
    document.querySelector<HTMLElement>('[data-lease-lost]')?.toggleAttribute('hidden', !lost)
  }
  let changed: ReturnType<typeof setTimeout> | undefined
  for (const change of ['input', 'change'] as const)
    form.addEventListener(change, () => {
      clearTimeout(changed)
      changed = setTimeout(() => void tell(), SETTLED_MS)
    })
  // What was typed within the last second goes with the page.
  const leave = () => {
    if (changed && form.dataset.sent !== 'yes') void send(true).catch(() => {})
  }
  window.addEventListener('pagehide', leave)
  void tell()
  const again = setInterval(() => void tell(), EVERY_MS)
  return (isHandedIn) => {
    if (changed && !isHandedIn) void send(false).catch(() => {})
    clearTimeout(changed)
    clearInterval(again)
    window.removeEventListener('pagehide', leave)
  }
}
