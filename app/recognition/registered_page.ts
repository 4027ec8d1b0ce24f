/** px per mm of a registered page (200 dpi). */
export const SCALE = 200 / 25.4

/** px of a registered A4 page */
export const REGISTERED = { width: 1654, height: 2339 }
