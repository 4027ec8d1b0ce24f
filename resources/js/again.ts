/** The share of its time by which a look comes sooner or later, so that not everybody asks at once. */
const JITTER = 0.3

/** A part of a page that is asked for again every so many seconds, while somebody looks: `data-again="30"`. */
export function lookAgain(): void {
  const part = document.querySelector<HTMLElement>('[data-again]')
  if (!part) return
  const seconds = Number(part.dataset.again)
  const wait = () =>
    setTimeout(() => void look(), seconds * 1000 * (1 + (Math.random() * 2 - 1) * JITTER))
  const look = async () => {
    if (document.visibilityState === 'visible') await renew(part)
    wait()
  }
  wait()
}

async function renew(part: HTMLElement): Promise<void> {
  const response = await fetch(location.href, {
    headers: { 'accept': 'text/html', 'x-live': 'yes' },
  }).catch(() => null)
  if (!response?.ok) return
  const fresh = new DOMParser()
    .parseFromString(await response.text(), 'text/html')
    .querySelector('[data-again]')
  if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.childNodes)
}
