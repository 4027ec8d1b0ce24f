/**
 * Many boxes to tick get a field above them that leaves only those with the words typed, and says how many are ticked.
 * What is ticked stays so, shown or not.
 */
export function filterChoices(): void {
  for (const group of document.querySelectorAll<HTMLElement>('[data-filter-choices]')) {
    const labels = [...group.querySelectorAll('label')]
    const field = document.createElement('input')
    field.type = 'search'
    field.setAttribute('aria-label', group.dataset.filterChoices ?? '')
    field.placeholder = group.dataset.filterChoices ?? ''
    const count = document.createElement('output')
    const tell = () => {
      const ticked = group.querySelectorAll('input[type=checkbox]:checked').length
      count.textContent = `${group.dataset.ticked ?? ''} ${ticked} / ${labels.length}`
    }
    field.addEventListener('input', () => {
      const words = comparable(field.value).split(/\s+/)
      for (const label of labels)
        label.hidden = !words.every((word) => comparable(label.textContent ?? '').includes(word))
    })
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') event.preventDefault()
    })
    group.addEventListener('change', tell)
    const row = document.createElement('p')
    row.className = 'row'
    row.append(field, count)
    group.querySelector('legend')?.after(row)
    tell()
  }
}

/** Wide letters and katakana count as their plain forms. */
const comparable = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
    .trim()
