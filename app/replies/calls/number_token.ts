/** What the tokens of callers' numbers are bound to. */
export const CALL_NUMBER = 'call:number'
