import { csrfToken } from './csrf'

const EVERY_MS = 30_000
/** nothing typed for so long is a pause, not work */
const IDLE_MS = 120_000

/** While somebody works on a task: prolongs the lease, keeps the draft, and says when the lease is lost. */
export function countDown(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-draft-url]')
  if (!form) return
  let lastSign = Date.now()
  for (const sign of ['keydown', 'pointerdown', 'input'] as const)
    document.addEventListener(sign, () => (lastSign = Date.now()))

  const tell = async () => {
    if (Date.now() - lastSign > IDLE_MS) return
    const response = await fetch(form.dataset.draftUrl!, {
      method: 'PUT',
      headers: { 'x-csrf-token': csrfToken(), 'accept': 'application/json' },
      body: new URLSearchParams(
        [...new FormData(form)].flatMap(([name, value]) =>
          typeof value === 'string' && name.startsWith('values')
            ? [[name, value] as [string, string]]
            : []
        )
      ),
    }).catch(() => null)
    const lost = response?.status === 409
    document.querySelector<HTMLElement>('[data-lease-lost]')?.toggleAttribute('hidden', !lost)
  }
  void tell()
  setInterval(tell, EVERY_MS)
}
