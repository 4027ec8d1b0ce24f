/** What a reply's letter is bound to. */
export const letterPlace = (replyId: string) => `replies.inputs:${replyId}`
/** What the faults of a held letter are bound to. */
export const faultsPlace = (replyId: string) => `replies.missing_glyphs:${replyId}`
