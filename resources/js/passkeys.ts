import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
} from '@simplewebauthn/browser'
import { csrfToken } from './csrf'

/** Shows what needs passkeys where the browser has them: in secure contexts, and not behind every gateway. */
export function offerPasskeys(): void {
  if (!window.isSecureContext || !browserSupportsWebAuthn()) return
  for (const offer of document.querySelectorAll<HTMLElement>('[data-passkeys]'))
    offer.hidden = false
  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!(form instanceof HTMLFormElement) || !form.dataset.passkey || event.defaultPrevented)
      return
    event.preventDefault()
    // Without a line nothing was used either, and it can be pressed again.
    void answerInto(form).catch(() => showProblem(form, form.dataset.cancelled))
  })
}

/** Asks the browser for the passkey that a form is about, and sends the form with the answer. */
async function answerInto(form: HTMLFormElement): Promise<void> {
  form.querySelector<HTMLElement>('[data-problem]')!.hidden = true
  const asked = await ask(form.dataset.options!, new URLSearchParams(new FormData(form) as never))
  const answer = asked.ok
    ? await answerTo(asked.options, form.dataset.passkey === 'make').catch(() => null)
    : null
  if (!answer) return showProblem(form, asked.ok ? form.dataset.cancelled : asked.problem)
  form.querySelector<HTMLInputElement>('input[name=credential]')!.value = JSON.stringify(answer)
  form.submit()
}

function showProblem(form: HTMLFormElement, words = ''): void {
  const problem = form.querySelector<HTMLElement>('[data-problem]')!
  problem.textContent = words
  problem.hidden = false
}

/**
 * Shows one of the person's passkeys at `path` without leaving the page.
 * @param through sends it as the page needs it: over a login where the session has ended
 * @returns whether it was taken; else why not, empty where the person has gone back
 */
export async function showPasskey(
  path: string,
  through: (send: () => Promise<Response>) => Promise<Response> = (send) => send()
): Promise<{ ok: boolean; problem: string }> {
  const asked = await ask(`${path}/options`, new URLSearchParams(), through)
  if (!asked.ok) return asked
  const answer = await answerTo(asked.options, false).catch(() => null)
  if (!answer) return { ok: false, problem: '' }
  const taken = await send(path, new URLSearchParams({ credential: JSON.stringify(answer) }))
  if (taken.ok) return { ok: true, problem: '' }
  return { ok: false, problem: await problemOf(taken) }
}

function answerTo(options: unknown, isMade: boolean) {
  return isMade
    ? startRegistration({ optionsJSON: options as never })
    : startAuthentication({ optionsJSON: options as never })
}

async function ask(
  path: string,
  body: URLSearchParams,
  through: (send: () => Promise<Response>) => Promise<Response> = (one) => one()
): Promise<{ ok: true; options: unknown } | { ok: false; problem: string }> {
  const answer = await through(() => send(path, body))
  if (answer.ok) return { ok: true, options: await answer.json() }
  return { ok: false, problem: await problemOf(answer) }
}

async function problemOf(answer: Response): Promise<string> {
  const said = (await answer.json().catch(() => ({}))) as { problem?: string }
  return said.problem ?? ''
}

function send(path: string, body: URLSearchParams): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { 'accept': 'application/json', 'x-csrf-token': csrfToken() },
    body,
  })
}
