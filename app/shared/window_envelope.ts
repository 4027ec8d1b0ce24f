/** Where the address shows in the window of an envelope for A4 folded in three, mm from the folded sheet's corner. */
export const WINDOW = { x: 24, y: 17, width: 92, height: 34 }

/** A third of A4, mm: what lies before the window. */
export const FOLDED = 99
