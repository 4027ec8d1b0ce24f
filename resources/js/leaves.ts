import { csrfToken } from './csrf'
import { countDown, FRESH_SECONDS, secondsUnheard } from './keep_alive'
import { moveByEnter } from './keying'
import { withSession } from './session'

/** A line that is lost is tried again so often. */
const AGAIN_MS = 2_000
/** Within this nobody has read a leaf that was turned to. */
const BOUNCE_MS = 400

/** A task's screen: the page that somebody is on, or one that lies ready. */
interface Leaf {
  path: string
  title: string
  main: HTMLElement
}

/** A result on its way: what stood on which leaf. */
interface Saving {
  leaf: Leaf
  body: URLSearchParams
}

/** The word of the server on a result. */
interface Word {
  next: string
  /** addresses of what comes after it */
  ahead: string[]
  saved: string | null
}

let stopCounting: (isHandedIn: boolean) => void = () => {}
let current: Leaf
let ready: Leaf[] = []
const saving: Saving[] = []
let isSending = false
let isPassing = false
let turnedAt = -BOUNCE_MS
let wasTouched = false
let isComposing = false

/**
 * Turns to the next task like a leaf: its screen lies ready, with its picture, and what was keyed is saved meanwhile.
 * Where nothing lies ready, or the line is lost for long, the form is sent as any other.
 */
export function turnLeaves(): void {
  stopCounting = countDown()
  const main = document.querySelector('main')
  if (!main?.querySelector('form[data-ahead-url]')) return
  current = { path: location.pathname, title: document.title, main }
  // Before anybody else hears of it: the page stays.
  window.addEventListener('submit', submitted, true)
  document.addEventListener('keydown', ({ key, repeat }) => {
    if (key !== 'Enter' && !repeat) wasTouched = true
  })
  document.addEventListener('input', () => (wasTouched = true))
  document.addEventListener('compositionstart', () => (isComposing = true))
  document.addEventListener('compositionend', () => (isComposing = false))
  // After a pause what lay ready may be somebody else's by now.
  document.addEventListener('unheard', () => {
    ready = []
    tellReady()
    fetchAhead()
  })
  window.addEventListener('beforeunload', (event) => {
    if (saving.length > 0) event.preventDefault()
  })
  fetchAhead()
}

function submitted(event: SubmitEvent): void {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || form.method !== 'post' || isPassing) return
  if (!form.matches('[data-ahead-url]')) {
    // Whatever else is done waits until all is saved.
    if (saving.length > 0) hold(event, form)
    return
  }
  // The second click of two, or a key held down, was meant for the leaf before.
  if (!wasTouched && performance.now() - turnedAt < BOUNCE_MS) return stop(event)
  if (ready.length === 0 || secondsUnheard() > FRESH_SECONDS) {
    if (saving.length > 0) hold(event, form)
    return
  }
  stop(event)
  const data = new FormData(form, event.submitter)
  data.delete('_csrf')
  const body = new URLSearchParams(
    [...data].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : []
    )
  )
  saving.push({ leaf: current, body })
  show(ready.shift()!, true)
  tellReady()
  turnedAt = performance.now()
  wasTouched = false
  void sendAll()
}

function stop(event: Event): void {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/** A form is sent once what was keyed before is saved. */
function hold(event: SubmitEvent, form: HTMLFormElement): void {
  stop(event)
  const { submitter } = event
  const at = current
  void sendAll().then(() => {
    // Meanwhile something else may have to be looked at.
    if (current !== at) return
    isPassing = true
    form.requestSubmit(submitter)
    isPassing = false
  })
}

/** Puts a leaf on top: what had the focus of the page before is over. */
function show(leaf: Leaf, isHandedIn: boolean): void {
  stopCounting(isHandedIn)
  current.main.replaceWith(leaf.main)
  current = leaf
  document.title = leaf.title
  history.replaceState(null, '', leaf.path)
  window.scrollTo(0, 0)
  document.dispatchEvent(new Event('turned'))
  turnedAt = -BOUNCE_MS
  const wrong = leaf.main.querySelector<HTMLElement>('.has-problem input:not([type=hidden])')
  const first = wrong ?? leaf.main.querySelector<HTMLElement>('[autofocus]')
  first?.focus()
  stopCounting = countDown()
}

let sent: Promise<void> = Promise.resolve()

/** Saves what was keyed, one after the other. */
function sendAll(): Promise<void> {
  if (!isSending) {
    isSending = true
    sent = sendEach().finally(() => (isSending = false))
  }
  return sent
}

async function sendEach(): Promise<void> {
  let ahead: string[] | null = null
  for (let one = saving.at(0); one; one = saving.at(0)) {
    const response = await send(one)
    saving.shift()
    if (response.status === 422) await goBack(one.leaf, response)
    else if (response.ok) {
      const word = (await response.json()) as Word
      heard(word)
      ahead = word.ahead
    } else {
      await composed()
      return sendPlainly(one.leaf)
    }
  }
  if (ahead) loadReady(ahead)
  else fetchAhead()
}

/** Sends it until it is taken or refused: nothing is given up with the line, or for a fault of the server's. */
async function send({ leaf, body }: Saving): Promise<Response> {
  for (;;) {
    const response = await withSession(() =>
      fetch(`${leaf.path}/result`, {
        method: 'POST',
        headers: { 'accept': 'application/json', 'x-csrf-token': csrfToken() },
        body,
      })
    ).catch(() => null)
    const isFaulty = response !== null && response.status >= 500
    document.querySelector('[data-line-lost]')?.toggleAttribute('hidden', response !== null)
    document.querySelector('[data-server-fault]')?.toggleAttribute('hidden', !isFaulty)
    if (response && !isFaulty) return response
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}

/** Its task was taken back, or somebody else has logged in: it is sent as any other form, and that is told. */
function sendPlainly(leaf: Leaf): void {
  layBack()
  show(leaf, false)
  isPassing = true
  leaf.main
    .querySelector<HTMLFormElement>('form[data-ahead-url]')
    ?.requestSubmit(leaf.main.querySelector<HTMLButtonElement>('button[data-main]'))
  isPassing = false
}

/** What was turned to meanwhile lies on top of the others again, with all that was typed. */
function layBack(): void {
  const turned = [...saving.splice(0).map(({ leaf }) => leaf), current]
  ready = [...turned, ...ready]
  tellReady()
}

/** It is saved; somebody is where the server has them, or goes there. */
function heard({ next, saved }: Word): void {
  const isHere = [current, ...saving.map(({ leaf }) => leaf)].some(({ path }) => path === next)
  // What was turned over already is sent first: what can't be saved any more is kept as a draft.
  if (!isHere) return saving.length > 0 ? undefined : leave(next)
  const place = document.querySelector('[data-take-back]')
  const form = document.querySelector<HTMLTemplateElement>('[data-take-back-form]')
  if (!place || !form) return
  place.replaceChildren()
  if (saved === null) return
  place.append(form.content.cloneNode(true))
  place.querySelector('[data-saved]')!.textContent = saved
}

function leave(path: string): void {
  saving.length = 0
  location.assign(path)
}

/** Nothing is taken from under somebody who converts Kana: what they compose is put down first. */
function composed(): Promise<void> {
  return new Promise((resolve) => {
    if (!isComposing) return resolve()
    document.addEventListener('compositionend', () => setTimeout(resolve), { once: true })
  })
}

/** Something on it is to be looked at first. */
async function goBack(leaf: Leaf, response: Response): Promise<void> {
  const told = leafIn(await response.text(), leaf.path)
  const picture = leaf.main.querySelector('.snippet img')
  if (picture) told.main.querySelector('.snippet img')?.replaceWith(picture)
  await composed()
  layBack()
  show(told, false)
}

/** Says on the page how many lie ready: whoever turns waits for none of them. */
function tellReady(): void {
  document.documentElement.dataset.ready = String(ready.length)
}

/** What couldn't be loaded is asked for again with the next leaf. */
let loaded: Promise<void> = Promise.resolve()

/** Asks what comes next, and loads it. */
function fetchAhead(): void {
  loaded = loaded.then(async () => loadEach(await askAhead())).catch(() => {})
}

/** Loads what comes next, once all that was to be loaded before is there. */
function loadReady(paths: string[]): void {
  loaded = loaded.then(() => loadEach(paths)).catch(() => {})
}

/** Asks what comes after the leaf that somebody is on; what is being saved brings word of it by itself. */
async function askAhead(): Promise<string[]> {
  const url = current.main.querySelector<HTMLFormElement>('form[data-ahead-url]')?.dataset.aheadUrl
  if (!url || saving.length > 0) return []
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'accept': 'application/json', 'x-csrf-token': csrfToken() },
  }).catch(() => null)
  return answer?.ok ? ((await answer.json()) as { ahead: string[] }).ahead : []
}

/** Loads screens with their pictures, ready to be looked at. */
async function loadEach(paths: string[]): Promise<void> {
  for (const path of paths) {
    const known = [current, ...ready, ...saving.map(({ leaf }) => leaf)]
    if (known.some((leaf) => leaf.path === path)) continue
    const leaf = await load(path)
    // In their order, or not at all: the server gives them out so.
    if (!leaf) return
    ready.push(leaf)
    tellReady()
  }
}

async function load(path: string): Promise<Leaf | null> {
  const page = await fetch(path, { headers: { accept: 'text/html' } }).catch(() => null)
  if (!page?.ok || page.redirected) return null
  const leaf = leafIn(await page.text(), path)
  const drawn = leaf.main.querySelector<HTMLImageElement>('.snippet img')
  if (!drawn) return leaf
  const picture = new Image()
  picture.alt = drawn.alt
  picture.src = drawn.getAttribute('src')!
  await picture.decode().catch(() => {})
  drawn.replaceWith(picture)
  return leaf
}

function leafIn(html: string, path: string): Leaf {
  const page = new DOMParser().parseFromString(html, 'text/html')
  const main = document.adoptNode(page.querySelector('main')!)
  moveByEnter(main)
  return { path, title: page.title, main }
}
