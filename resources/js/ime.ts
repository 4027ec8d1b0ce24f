/** The Enter that ends a conversion belongs to the input method: no form is sent by it. */
export function guardIme(): void {
  document.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229))
        event.stopPropagation()
    },
    true
  )
  document.addEventListener(
    'keypress',
    (event) => {
      if (event.key === 'Enter' && event.isComposing) event.preventDefault()
    },
    true
  )
}
