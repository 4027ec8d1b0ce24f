/** Characters that a password has at least, where nothing else is asked at the door (NIST SP 800-63B-4, 3.1.1.2). */
export const MIN_LENGTH = 15
export const MAX_LENGTH = 200
/** A password of fewer different characters is one character over and over. */
const MIN_DIFFERENT = 5
/** Characters that must be left when what others know of the person is taken out. */
const MIN_OWN = 8

export type PasswordProblem = 'short' | 'long' | 'common' | 'same' | 'told'

let common: Set<string> | undefined

/**
 * Tells why a password can't be taken; null where it can. Length counts, and that others don't try it first; no rule asks for
 * digits or signs.
 * @param told what others know of the person: login, name, organization
 */
export async function passwordProblem(
  password: string,
  told: string[]
): Promise<PasswordProblem | null> {
  const folded = password.normalize('NFKC').toLowerCase()
  if ([...password].length > MAX_LENGTH) return 'long'
  if (await isCommon(folded)) return 'common'
  if ([...password].length < MIN_LENGTH) return 'short'
  if (new Set(folded).size < MIN_DIFFERENT) return 'same'
  return [...without(folded, ['hashiwatashi', ...told])].length < MIN_OWN ? 'told' : null
}

/** Also with digits or signs behind it. The list takes memory: it is read when the first password is set. */
async function isCommon(folded: string): Promise<boolean> {
  common ??= new Set((await import('@zxcvbn-ts/language-common')).dictionary['passwords-common'])
  return common.has(folded) || common.has(folded.replace(/[^\p{L}]+$/u, ''))
}

function without(text: string, words: string[]): string {
  return words
    .map((word) => word.normalize('NFKC').toLowerCase())
    .filter((word) => word.length > 2)
    .reduce((left, word) => left.replaceAll(word, ''), text)
}
