/** The purpose that callers' number tokens are bound to. */
export const CALL_NUMBER = 'call:number'
