/** The window of an envelope for A4 folded in three, where the address shows; mm from the folded sheet's corner. */
export const WINDOW = { x: 24, y: 17, width: 92, height: 34 }

/** mm by which the folded sheet may lie off its place in the envelope, to each side */
export const PLAY = 3
/** mm between text and the window's edge, wherever the sheet lies (Japan Post asks for it around the customer barcode) */
export const CLEAR = 2

/** The part of the window in which text is seen wherever the sheet lies. */
export const SEEN = {
  x: WINDOW.x + PLAY + CLEAR,
  y: WINDOW.y + PLAY + CLEAR,
  width: WINDOW.width - 2 * (PLAY + CLEAR),
  height: WINDOW.height - 2 * (PLAY + CLEAR),
}

/** A third of A4, mm: what lies before the window. */
export const FOLDED = 99
