/** px per mm of a registered page (200 dpi). */
export const SCALE = 200 / 25.4

/** px of a registered A4 page */
export const REGISTERED = { width: 1654, height: 2339 }

/** A page whose print lies further off than this (root mean square) is not read by the machine. */
export const MAX_RESIDUAL_MM = 1.2
