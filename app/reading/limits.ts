/** The largest scan that is taken: 50 MB. */
export const MAX_SCAN_BYTES = 50 * 1024 * 1024

/** More pages than this in one file are refused: split the stack. */
export const MAX_PAGES = 500
