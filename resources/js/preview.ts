/** Milliseconds without a key after which what was typed is drawn. */
const REST = 500

/** A form with `data-preview` is drawn beside itself while one types: the address gives a picture of what it says. */
export function drawPreviews(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('form[data-preview]')) {
    const image = document.querySelector<HTMLImageElement>('img[data-previewed]')
    if (image) follow(form, image)
  }
}

function follow(form: HTMLFormElement, image: HTMLImageElement): void {
  let waiting: number | undefined
  let asked = 0
  const draw = async () => {
    const turn = ++asked
    const fields = [...new FormData(form)].map(([name, value]) => [name, String(value)])
    const answer = await fetch(form.dataset.preview!, {
      method: 'POST',
      body: new URLSearchParams(fields),
    }).catch(() => null)
    // A later one has been asked for: that is shown.
    if (turn !== asked || !answer?.ok) return
    image.src = await asAddress(await answer.blob())
    image.hidden = false
  }
  const soon = () => {
    window.clearTimeout(waiting)
    waiting = window.setTimeout(() => void draw(), REST)
  }
  for (const event of ['input', 'change']) {
    form.addEventListener(event, soon)
    for (const outside of document.querySelectorAll(`[form="${form.id}"]`))
      outside.addEventListener(event, soon)
  }
  void draw()
}

/** A picture as an address that stands by itself: of others the page may show none. */
function asAddress(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.addEventListener('load', () => resolve(String(reader.result)))
    reader.addEventListener('error', () => reject(reader.error))
    reader.readAsDataURL(picture)
  })
}
