import { csrfToken } from './csrf'
import { withSession } from './session'

/** Copies a value on its way into a site of others, and notes that it was. What is typed twice can't be pasted. */
export function copyValues(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]'))
    button.addEventListener('click', () => void copy(button))
  for (const field of document.querySelectorAll<HTMLInputElement>('input[data-no-paste]'))
    field.addEventListener('paste', (event) => event.preventDefault())
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const { copy: text = '', copyUrl = '', copyField = '', copied = '' } = button.dataset
  if (!(await putOnClipboard(text))) return
  document.dispatchEvent(new Event('working'))
  button.ariaLabel = (button.ariaLabel ?? '').replace(button.innerText.trim(), copied)
  button.textContent = copied
  button.setAttribute('aria-live', 'polite')
  await withSession(() =>
    fetch(copyUrl, {
      method: 'POST',
      headers: { 'x-csrf-token': csrfToken(), 'accept': 'application/json' },
      body: new URLSearchParams({ field: copyField }),
    })
  ).catch(() => null)
}

/** Where the page came over a plain connection there is no clipboard but the selection's. */
async function putOnClipboard(text: string): Promise<boolean> {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text)
      return true
    } catch {
      // Not allowed: by way of the selection, then.
    }
  }
  const field = document.createElement('textarea')
  field.value = text
  field.className = 'unseen'
  document.body.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  return isCopied
}
