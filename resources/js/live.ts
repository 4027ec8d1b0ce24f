import { Transmit } from '@adonisjs/transmit-client'
import { csrfToken } from './csrf'
import { withSession } from './session'

/**
 * Parts of a page that follow the server: `data-live="scans/…"` is fetched again when its channel speaks; where the
 * channel has another name, `data-live-channel` says it.
 */
export function followChannels(): void {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-live]')]
  if (parts.length === 0) return
  const refreshes = Map.groupBy(
    parts.map((part) => ({ channel: channelOf(part), refresh: throttle(() => replace(part)) })),
    ({ channel }) => channel
  )
  const refreshAll = (channel: string) =>
    refreshes.get(channel)?.forEach(({ refresh }) => void refresh())
  const transmit = new Transmit({
    baseUrl: location.origin,
    maxReconnectAttempts: 0,
    beforeSubscribe: (request) => void request.headers.set('x-csrf-token', csrfToken()),
    beforeUnsubscribe: (request) => void request.headers.set('x-csrf-token', csrfToken()),
    // What was said before the line stood, or while it was down, is not said again.
    onSubscription: refreshAll,
  })
  for (const channel of refreshes.keys()) {
    const subscription = transmit.subscription(channel)
    subscription.onMessage(() => refreshAll(channel))
    void subscription.create()
  }
}

function channelOf({ dataset }: HTMLElement): string {
  return dataset.liveChannel ?? dataset.live!
}

/**
 * Parts that list what was uploaded on this page (`data-uploads`) are fetched again once it is there, or was taken away in
 * them: the page stays, with what is being typed on it.
 */
export function followUploads(): void {
  const parts = [...document.querySelectorAll<HTMLElement>('[data-uploads]')]
  if (parts.length === 0) return
  const replaceAll = () => parts.forEach((part) => void replace(part, 'uploads'))
  document.addEventListener('uploaded', replaceAll)
  window.addEventListener(
    'submit',
    (event) => {
      const form = event.target
      if (!(form instanceof HTMLFormElement) || !form.closest('[data-uploads]')) return
      event.preventDefault()
      event.stopImmediatePropagation()
      void withSession(() =>
        fetch(form.action, {
          method: 'POST',
          headers: { 'accept': 'application/json', 'x-csrf-token': csrfToken() },
        })
      ).then(replaceAll, replaceAll)
    },
    true
  )
}

async function replace(part: HTMLElement, by: 'live' | 'uploads' = 'live'): Promise<void> {
  const response = await fetch(part.dataset.liveUrl ?? location.href, {
    headers: { 'accept': 'text/html', 'x-live': 'yes' },
  }).catch(() => null)
  if (!response?.ok) return
  const fresh = new DOMParser()
    .parseFromString(await response.text(), 'text/html')
    .querySelector(`[data-${by}="${part.dataset[by]}"]`)
  if (!fresh) return
  const focused = part.contains(document.activeElement)
    ? document.activeElement?.getAttribute('value')
    : null
  // A form on its way would be lost with its place, and so would the button that sent it.
  if (part.querySelector('form[data-asking]') || part.closest('form[data-asking]')) return
  // Who is typing or scanning goes on; what they send shows the rest.
  const typing = [...part.querySelectorAll<HTMLInputElement>('input[type=text]')]
  if (typing.some((input) => input.value !== input.defaultValue)) return
  const had = document.activeElement === document.body || part.contains(document.activeElement)
  // What was said of the code that was scanned last stays until the next.
  const said = part.querySelector('.scanned')
  part.replaceChildren(...fresh.childNodes)
  if (said) part.querySelector('[data-scanned]')?.prepend(said)
  if (had) part.querySelector<HTMLElement>('[autofocus]')?.focus()
  // Who was choosing goes on choosing.
  if (focused) part.querySelector<HTMLElement>(`[value="${CSS.escape(focused)}"]`)?.focus()
  part.dispatchEvent(new CustomEvent('refreshed', { bubbles: true }))
}

/** At most one run at a time, and one more after it when it was asked for meanwhile. */
function throttle(run: () => Promise<void>): () => void {
  let running = false
  let again = false
  return function go() {
    if (running) {
      again = true
      return
    }
    running = true
    void run().finally(() => {
      running = false
      if (again) {
        again = false
        go()
      }
    })
  }
}
