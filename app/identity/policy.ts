import type User from '#app/identity/user'

/** A domain's rules: each says whether a person may do a thing at all. Which records they see is asked of `visibleTo`. */
export type Policy = Record<string, (user: User) => boolean>
