import { csrfToken } from './csrf'
import { showPasskey } from './passkeys'
import { signedInBeside, withSession } from './session'

/** How often it is looked whether somebody is still there (ms). */
const LOOK_EVERY = 2000
/** How often other windows, and the server, are told that somebody is (ms). */
const TELL_EVERY = 1000
const TELL_SERVER_EVERY = 60_000
/** Where a lock that the server hasn't heard of is kept: a page loaded anew stays blank. */
const UNHEARD = 'lock-unheard'
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
  let told = 0
  let toldServer = 0
  // Work in another window of the same person is work here too; the server locks by itself where no window is left.
  const touch = () => {
    touched = Date.now()
    if (dialog.open) return
    if (touched - told > TELL_EVERY) {
      told = touched
      windows.postMessage('touched')
    }
    if (touched - toldServer > TELL_SERVER_EVERY) {
      toldServer = touched
      void send('/touch').catch(() => {})
    }
  }
  for (const sign of SIGNS) document.addEventListener(sign, touch, { capture: true, passive: true })

  const blank = () => {
    if (dialog.open) return
    document.documentElement.classList.add('blanked')
    dialog.showModal()
  }
  const clear = () => {
    touched = Date.now()
    document.documentElement.classList.remove('blanked')
    if (dialog.open) dialog.close()
    document.dispatchEvent(new CustomEvent('unlocked'))
  }
  const lock = () => {
    if (dialog.open) return
    blank()
    windows.postMessage('lock')
    localStorage.setItem(UNHEARD, 'yes')
    void tellLocked()
  }
  windows.addEventListener('message', ({ data }) => {
    if (data === 'touched') touched = Date.now()
    else if (data === 'lock') blank()
    else clear()
  })
  // The server has locked by itself: what is being sent waits.
  document.addEventListener('locked', blank)
  if (isUnheard()) blank()
  setInterval(() => {
    if (isUnheard()) void tellLocked()
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

const isUnheard = () => localStorage.getItem(UNHEARD) !== null

/** Tells the server that the session is locked; what doesn't arrive is told again, and nothing opens before. */
async function tellLocked(): Promise<boolean> {
  const answer = await send('/lock').catch(() => null)
  if (answer && answer.status < 500) localStorage.removeItem(UNHEARD)
  return !isUnheard()
}

function openByPasskey(dialog: HTMLDialogElement, opened: () => void): void {
  const problem = dialog.querySelector<HTMLElement>('[data-passkey-problem]')
  dialog.querySelector('[data-by-passkey]')?.addEventListener('click', () => {
    problem!.hidden = true
    void heard()
      .then(() => showPasskey('/unlock/passkey', withSession))
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
    void heard()
      .then(() => withSession(() => send('/unlock', body)))
      .then((answer) => {
        problem.hidden = answer.ok
        if (answer.ok) opened()
        else pin.focus()
      })
      .catch(() => (problem.hidden = false))
  })
}

/** The server asks for the PIN only in a session that it knows to be locked. @throws where it can't be told */
async function heard(): Promise<void> {
  if (isUnheard() && !(await tellLocked())) throw new Error('The server can’t be reached')
}

function send(path: string, body = new URLSearchParams()): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'accept': 'application/json', 'x-csrf-token': csrfToken() },
    body,
  })
}
