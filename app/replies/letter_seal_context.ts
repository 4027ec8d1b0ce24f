/** Names what a reply's letter is bound to. */
export const letterSealContext = (replyId: string) => `replies.inputs:${replyId}`
/** Names what the faults of a held letter are bound to. */
export const faultsSealContext = (replyId: string) => `replies.missing_glyphs:${replyId}`
