import { csrfToken } from './csrf'
import { showPasskey } from './passkeys'
import { signedInBeside, withSession } from './session'

/** How often it is looked whether somebody is still there (ms). */
const LOOK_EVERY = 2000
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Blanks the screen when nobody has touched it for a while, or at a key: all windows of the session, and the server
 * shows nothing either. A PIN brings back exactly what was there.
 */
export function lockScreen(): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog[data-lock]')
  if (!dialog) return
  const windows = new BroadcastChannel('lock')
  let touched = Date.now()
  for (const sign of SIGNS)
    document.addEventListener(sign, () => (touched = Date.now()), { capture: true, passive: true })

  const blank = () => {
    if (dialog.open) return
    document.documentElement.classList.add('blanked')
    dialog.showModal()
  }
  const clear = () => {
    touched = Date.now()
    document.documentElement.classList.remove('blanked')
    if (dialog.open) dialog.close()
  }
  const lock = () => {
    if (dialog.open) return
    blank()
    windows.postMessage('lock')
    void send('/lock').catch(() => {})
  }
  windows.addEventListener('message', ({ data }) => (data === 'lock' ? blank() : clear()))
  // Work in another window of the same person is work here too.
  setInterval(() => {
    // By the clock on the wall: a machine that slept wakes up locked.
    if (Date.now() - touched > Number(dialog.dataset.lock) * 60_000) lock()
  }, LOOK_EVERY)
  for (const button of document.querySelectorAll<HTMLElement>('[data-lock-now]'))
    button.addEventListener('click', lock)
  dialog.addEventListener('cancel', (event) => event.preventDefault())
  const opened = () => {
    windows.postMessage('open')
    clear()
  }
  openByPin(dialog, opened)
  openByPasskey(dialog, opened)
  // Who has no password here signs in anew in another window.
  dialog.querySelector('a[target]')?.addEventListener('click', () => {
    const beside = signedInBeside(dialog.dataset)
    void beside.promise.then(opened).finally(beside.end)
  })
}

function openByPasskey(dialog: HTMLDialogElement, opened: () => void): void {
  const problem = dialog.querySelector<HTMLElement>('[data-passkey-problem]')
  dialog.querySelector('[data-by-passkey]')?.addEventListener('click', () => {
    problem!.hidden = true
    void showPasskey('/unlock/passkey', withSession)
      .catch(() => ({ ok: false }))
      .then(({ ok }) => {
        problem!.hidden = ok
        if (ok) opened()
      })
  })
}

function openByPin(dialog: HTMLDialogElement, opened: () => void): void {
  const pin = dialog.querySelector('input')!
  const problem = dialog.querySelector<HTMLElement>('[data-problem]')!
  dialog.querySelector('form')!.addEventListener('submit', (event) => {
    event.preventDefault()
    const body = new URLSearchParams({ pin: pin.value })
    pin.value = ''
    // Too many tries end the session: then its person signs in over the page.
    void withSession(() => send('/unlock', body))
      .then((answer) => {
        problem.hidden = answer.ok
        if (answer.ok) opened()
        else pin.focus()
      })
      .catch(() => (problem.hidden = false))
  })
}

function send(path: string, body = new URLSearchParams()): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'accept': 'application/json', 'x-csrf-token': csrfToken() },
    body,
  })
}
