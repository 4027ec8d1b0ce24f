/**
 * File fields say in the reader's language what to do, show what was chosen, and take what is dropped on them. The
 * browser's own field lies over it, unseen: keyboard, screen readers and dropping work as ever.
 */
export function showFileFields(): void {
  const words = document.body.dataset
  for (const input of document.querySelectorAll<HTMLInputElement>('input[type=file]')) {
    if (input.closest('.unseen, [data-upload]')) continue
    const field = document.createElement('span')
    field.className = 'file'
    const verb = document.createElement('strong')
    verb.textContent = words.fileChoose ?? ''
    const name = document.createElement('span')
    input.replaceWith(field)
    field.append(verb, name, input)
    const show = () => {
      const files = [...(input.files ?? [])]
      field.classList.toggle('is-chosen', files.length > 0)
      name.textContent =
        files.map((file) => `${file.name} (${sizeOf(file)})`).join('、') || (words.fileDrop ?? '')
    }
    input.addEventListener('change', show)
    input.form?.addEventListener('reset', () => setTimeout(show))
    for (const kind of ['dragenter', 'dragleave', 'drop'] as const)
      input.addEventListener(kind, () => field.classList.toggle('is-over', kind === 'dragenter'))
    show()
  }
}

function sizeOf({ size }: File): string {
  return size < 1_000_000
    ? `${Math.max(1, Math.round(size / 1000))} KB`
    : `${(size / 1_000_000).toFixed(1)} MB`
}
