import { csrfToken } from './csrf'
import { withSession } from './session'
import { play } from './tones'

/** High and short where it is right; low and long where it isn't. */
const RIGHT = [{ hertz: 1320, at: 0, seconds: 0.15 }]
const WRONG = [
  { hertz: 196, at: 0, seconds: 0.5 },
  { hertz: 165, at: 0.45, seconds: 0.8 },
]

/** A line that is lost is tried again so often. */
const AGAIN_MS = 2_000

let sound: AudioContext | null = null
let sent: Promise<void> = Promise.resolve()

/**
 * Codes that are scanned one after the other: the page stays, shows what became of each, and sounds. One that is scanned
 * while another is on its way waits for it.
 */
export function scanCodes(): void {
  // Before the guard against a second sending hears of it.
  window.addEventListener('submit', submitted, true)
}

function submitted(event: SubmitEvent): void {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.matches('[data-scan]')) return
  const field = form.querySelector<HTMLInputElement>('input[type=text]')
  if (!field) return
  event.preventDefault()
  event.stopImmediatePropagation()
  sound ??= new AudioContext()
  const body = new URLSearchParams(
    [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && name !== '_csrf' ? [[name, value]] : []
    )
  )
  const code = field.value
  field.value = ''
  field.focus()
  sent = sent.then(() => send(form, field, body, code))
}

async function send(
  form: HTMLFormElement,
  field: HTMLInputElement,
  body: URLSearchParams,
  code: string
): Promise<void> {
  const response = await answered(form, body)
  if (response.redirected) return location.assign(response.url)
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  const told = [...page.querySelectorAll<HTMLElement>('[data-scanned]')]
  if (told.length === 0) {
    // Nobody knows what became of it: the code stands in the field again, and the browser says why it can't be sent.
    field.value = code
    return form.submit()
  }
  if (sound) play(sound, page.querySelector('.scanned.bad') ? WRONG : RIGHT)
  // After the last of them something else is to be done on the page.
  if (!page.querySelector('[data-scan]')) return showNext(page)
  const shown = document.querySelectorAll('[data-scanned]')
  for (const [index, part] of told.entries()) shown[index]?.replaceWith(document.adoptNode(part))
}

/** Sends it until it is answered: a code that is scanned while the line is lost waits, and those after it. */
async function answered(form: HTMLFormElement, body: URLSearchParams): Promise<Response> {
  for (;;) {
    const response = await withSession(() =>
      fetch(form.action, {
        method: 'POST',
        headers: { 'accept': 'text/html', 'x-csrf-token': csrfToken() },
        body,
      })
    ).catch(() => null)
    document.querySelector('[data-line-lost]')?.toggleAttribute('hidden', response !== null)
    if (response) return response
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

function showNext(page: Document): void {
  document.querySelector('main')?.replaceWith(document.adoptNode(page.querySelector('main')!))
  document.querySelector<HTMLElement>('main button.main')?.focus()
}
