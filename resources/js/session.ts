import { showPasskey } from './passkeys'

/** The session of the browser, whichever window has begun it. */
interface Session {
  login: string
  token: string
  locked: boolean
}

/** Not signed in any more, or the page's token went with the session. */
const ENDED = [401, 403]

/** Somebody logs in over the page; whoever else waits for it meanwhile waits for the same. */
let loggingIn: Promise<void> | undefined

/**
 * Sends a request. Where the session has ended, the person logs in over the page first (what was typed stays in the
 * page's memory and nowhere else), and it is sent once more.
 */
export async function withSession(send: () => Promise<Response>): Promise<Response> {
  const response = await send()
  const dialog = document.querySelector<HTMLDialogElement>('dialog[data-session]')
  if (!ENDED.includes(response.status) || !dialog) return response
  await signedInAgain(dialog)
  return send()
}

/** Another window may have signed in anew, which is enough, or as somebody else; else the person logs in. */
async function signedInAgain(dialog: HTMLDialogElement): Promise<void> {
  const answer = await fetch('/session', { headers: { accept: 'application/json' } })
  const session = answer.ok ? ((await answer.json()) as Session) : null
  if (session?.login !== dialog.dataset.login) return logInOnce(dialog, session ? 'other' : 'ended')
  if (session!.locked) await unlocked()
  bearToken(session!.token)
}

async function logInOnce(dialog: HTMLDialogElement, why: 'ended' | 'other'): Promise<void> {
  for (const words of ['ended', 'other'])
    dialog.querySelector<HTMLElement>(`[data-${words}]`)!.hidden = words !== why
  loggingIn ??= logIn(dialog).finally(() => (loggingIn = undefined))
  await loggingIn
}

/**
 * The page's person is signed in, and its forms bear the session's token: another window may have signed in anew, or
 * as somebody else, whose work this must not become.
 */
async function sameSession(dialog: HTMLDialogElement): Promise<void> {
  const answer = await withSession(() =>
    fetch('/session', { headers: { accept: 'application/json' } })
  )
  if (!answer.ok) throw new Error('The server can’t say')
  const session = (await answer.json()) as Session
  if (session.locked) await unlocked()
  if (session.login !== dialog.dataset.login) return logInOnce(dialog, 'other')
  bearToken(session.token)
}

/** Waits until the page's person has shown that it is them. */
function unlocked(): Promise<void> {
  return new Promise((resolve) => {
    document.addEventListener('unlocked', () => resolve(), { once: true })
    document.dispatchEvent(new CustomEvent('locked'))
  })
}

/** No form is sent into a session that has ended, or without a connection: what was typed would be lost. */
export function guardSession(): void {
  const dialog = document.querySelector<HTMLDialogElement>('dialog[data-session]')
  if (!dialog) return
  const passed = new WeakSet<HTMLFormElement>()
  document.addEventListener(
    'submit',
    (event) => {
      const form = event.target
      if (!(form instanceof HTMLFormElement) || form.method !== 'post') return
      if (form.target === '_blank' || passed.delete(form)) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (form.dataset.asking) return
      // What follows the server leaves it in its place meanwhile.
      form.dataset.asking = 'yes'
      const { submitter } = event
      void sameSession(dialog)
        .then(() => {
          passed.add(form)
          form.requestSubmit(submitter)
        })
        .catch(() => window.alert(dialog.dataset.offline))
        .finally(() => delete form.dataset.asking)
    },
    true
  )
}

async function logIn(dialog: HTMLDialogElement): Promise<void> {
  const form = dialog.querySelector('form')!
  const password = dialog.querySelector<HTMLInputElement>('input[type=password]')!
  const problem = dialog.querySelector<HTMLElement>('[data-problem]')!
  const asked = dialog.querySelector<HTMLElement>('[data-factor]')!
  const code = asked.querySelector('input')!
  const before = document.activeElement
  dialog.showModal()
  // Going on without a login is not possible; what was typed waits.
  dialog.addEventListener('cancel', stay)
  const beside = signedInBeside(dialog.dataset)
  for (;;) {
    const how = await Promise.race([submitted(form), pressed(asked), beside.promise])
    if (how === 'beside') break
    const page = await (
      how === 'passkey'
        ? showPasskey('/second-factor/passkey')
        : asked.hidden
          ? sendLogin(dialog.dataset, password.value)
          : sendCode(code.value)
    ).catch(() => null)
    password.value = ''
    code.value = ''
    // A second factor that was asked before is asked again: in the same place, and nothing is lost.
    if (page?.ok && asked.hidden && (await isFactorAsked())) {
      asked.hidden = false
      password.closest<HTMLElement>('.field')!.hidden = true
      password.required = false
      problem.hidden = true
      code.focus()
      continue
    }
    if (page?.ok) break
    problem.textContent = page ? (page.problem ?? '') : (dialog.dataset.offline ?? '')
    problem.hidden = problem.textContent === ''
    ;(asked.hidden ? password : code).focus()
  }
  asked.hidden = true
  password.required = true
  password.closest<HTMLElement>('.field')!.hidden = false
  beside.end()
  dialog.removeEventListener('cancel', stay)
  problem.hidden = true
  dialog.close()
  if (before instanceof HTMLElement) before.focus()
}

/** How often it is looked whether another window has signed the page's person in (ms). */
const LOOK_EVERY = 2000

/** Tells when another window has signed in whom this page belongs to, wholly; the page's forms get that session's token. */
export function signedInBeside({ login }: DOMStringMap): {
  promise: Promise<'beside'>
  end: () => void
} {
  let tell = () => {}
  const promise = new Promise<'beside'>((resolve) => (tell = () => resolve('beside')))
  const look = async () => {
    const answer = await fetch('/session', { headers: { accept: 'application/json' } })
    if (!answer.ok) return
    const session = (await answer.json()) as Record<'factor' | 'locked', boolean> &
      Record<'login' | 'token', string>
    if (session.login !== login || session.factor || session.locked) return
    bearToken(session.token)
    tell()
  }
  const timer = setInterval(() => void look().catch(() => {}), LOOK_EVERY)
  return { promise, end: () => clearInterval(timer) }
}

function stay(event: Event): void {
  event.preventDefault()
}

/** Resolves when somebody would rather show a passkey than type a code. */
function pressed(asked: HTMLElement): Promise<'passkey'> {
  return new Promise((resolve) => {
    const button = asked.querySelector('[data-by-passkey]')
    button?.addEventListener('click', () => resolve('passkey'), { once: true })
  })
}

function submitted(form: HTMLFormElement): Promise<void> {
  return new Promise((resolve) => {
    form.addEventListener(
      'submit',
      (event) => {
        event.preventDefault()
        resolve()
      },
      { once: true }
    )
  })
}

/** Logs in as the login screen does, instead of whoever else is signed in; the page's forms get the new session's token. */
async function sendLogin(
  { login = '', site = '' }: DOMStringMap,
  password: string
): Promise<{ ok: true } | { ok: false; problem: string | undefined }> {
  const other = await fetch('/session', { headers: { accept: 'application/json' } })
  const token = other.ok
    ? ((await other.json()) as { token: string }).token
    : tokenOf(await parsed(await fetch('/login', { headers: { accept: 'text/html' } })))
  const answer = await fetch('/login', {
    method: 'POST',
    headers: { 'accept': 'text/html', 'x-csrf-token': token },
    body: new URLSearchParams({ login, site, password }),
  })
  const next = await parsed(answer)
  if (!answer.ok)
    return { ok: false, problem: next.querySelector('.note.bad')?.textContent?.trim() }
  bearToken(tokenOf(next))
  return { ok: true }
}

async function isFactorAsked(): Promise<boolean> {
  const answer = await fetch('/session', { headers: { accept: 'application/json' } })
  return answer.ok && ((await answer.json()) as { factor: boolean }).factor
}

/** Gives the second factor as its own screen does. */
async function sendCode(
  code: string
): Promise<{ ok: true } | { ok: false; problem: string | undefined }> {
  const answer = await fetch('/second-factor', {
    method: 'POST',
    headers: { 'accept': 'text/html', 'x-csrf-token': ownToken() },
    body: new URLSearchParams({ code }),
  })
  const next = await parsed(answer)
  if (!answer.ok)
    return { ok: false, problem: next.querySelector('.note.bad')?.textContent?.trim() }
  bearToken(tokenOf(next))
  return { ok: true }
}

function ownToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')!.content
}

/** The page's forms and scripts get a session's token. */
function bearToken(token: string): void {
  document.querySelector<HTMLMetaElement>('meta[name=csrf-token]')!.content = token
  for (const input of document.querySelectorAll<HTMLInputElement>('input[name=_csrf]'))
    input.value = token
}

async function parsed(response: Response): Promise<Document> {
  return new DOMParser().parseFromString(await response.text(), 'text/html')
}

function tokenOf(page: Document): string {
  return page.querySelector<HTMLMetaElement>('meta[name=csrf-token]')?.content ?? ''
}
