import { csrfToken } from './csrf'

/** Files sent from this page; each has a key of its own. */
let sent = 0

interface Answer {
  ok: boolean
  message: string
  url?: string
}

/** Dropping files on the page: each goes up by itself, with a bar, and says what became of it. */
export function uploadByDrop(): void {
  const form = document.querySelector<HTMLFormElement>('form[data-upload]')
  const input = form?.querySelector<HTMLInputElement>('input[type=file]')
  const list = form?.querySelector<HTMLElement>('[data-upload-list]')
  if (!form || !input || !list) return

  for (const kind of ['dragenter', 'dragover'] as const) {
    form.addEventListener(kind, (event) => {
      event.preventDefault()
      form.classList.add('is-over')
    })
  }
  form.addEventListener('dragleave', () => form.classList.remove('is-over'))
  form.addEventListener('drop', (event) => {
    event.preventDefault()
    form.classList.remove('is-over')
    void sendAll(form, list, [...(event.dataTransfer?.files ?? [])])
  })
  input.addEventListener('change', () => {
    void sendAll(form, list, [...(input.files ?? [])])
    input.value = ''
  })
  form.querySelector<HTMLElement>('[data-without-script]')?.remove()
}

async function sendAll(form: HTMLFormElement, list: HTMLElement, files: File[]): Promise<void> {
  let envelope: string | null = null
  const together = new FormData(form).get('one_envelope') === 'on'
  for (const file of files) {
    const row = list.appendChild(document.createElement('li'))
    const name = row.appendChild(document.createElement('span'))
    name.textContent = file.name
    const bar = row.appendChild(document.createElement('progress'))
    bar.max = 100
    bar.setAttribute('aria-label', file.name)
    const { answer, envelopeId } = await send(
      form,
      file,
      together ? envelope : null,
      (percent) => (bar.value = percent)
    )
    envelope = envelopeId ?? envelope
    bar.remove()
    row.className = answer.ok ? 'is-good' : 'is-bad'
    const result = row.appendChild(document.createElement(answer.url ? 'a' : 'span'))
    result.textContent = answer.message
    if (result instanceof HTMLAnchorElement && answer.url) result.href = answer.url
    if (answer.ok && answer.url && files.length === 1) location.assign(answer.url)
  }
  form.dispatchEvent(new CustomEvent('uploaded', { bubbles: true }))
}

function send(
  form: HTMLFormElement,
  file: File,
  envelope: string | null,
  progress: (percent: number) => void
): Promise<{ answer: Answer; envelopeId?: string }> {
  const data = new FormData(form)
  data.delete('files[]')
  data.set('upload_key', `${String(data.get('upload_key'))}:${sent++}`)
  if (envelope) data.set('envelope_id', envelope)
  data.append('files[]', file)
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const failed = () => resolve({ answer: { ok: false, message: form.dataset.failed ?? '' } })
    request.open('POST', form.action)
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('x-csrf-token', csrfToken())
    request.upload.addEventListener('progress', (event) =>
      progress((event.loaded / Math.max(event.total, 1)) * 100)
    )
    request.addEventListener('error', failed)
    request.addEventListener('load', () => {
      try {
        const body: { files?: Answer[]; envelopeId?: string; message?: string } = JSON.parse(
          request.responseText
        )
        const [answer = { ok: false, message: body.message ?? form.dataset.failed ?? '' }] =
          body.files ?? []
        resolve({ answer, envelopeId: body.envelopeId })
      } catch {
        failed()
      }
    })
    request.send(data)
  })
}
