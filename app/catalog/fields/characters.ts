/** Stands for one character that can't be read. */
export const UNREADABLE = '●'

/** Whether something stands there, and all of it could be read. */
export function isReadable(value: string): boolean {
  return value !== '' && !value.includes(UNREADABLE)
}

/** Everything that is written as a dash somewhere, but the hyphen of the keyboard. */
export const DASHES = '‐‑‒–—―−－﹣﹘─━ー\uFF70'
/** The same without the long vowel of kana. */
export const OTHER_DASHES = DASHES.replace('ー', '')

/**
 * Full-width letters, digits and signs to half-width, runs of white space to one space; nothing is left out. － and ～
 * keep their form: they stand in names and between numbers.
 */
export function narrow(text: string): string {
  return text
    .replace(/[\uFF01-\uFF0C\uFF0E-\uFF5D]/g, (character) =>
      String.fromCharCode(character.charCodeAt(0) - 0xfee0)
    )
    .replace(/[\u3000\s]+/g, ' ')
    .trim()
}

/** The same, and every dash a hyphen: for what consists of numbers alone. */
export function narrowNumber(text: string): string {
  return narrow(text).replace(new RegExp(`[${DASHES}]`, 'g'), '-')
}

/** Half-width kana with their marks to full-width, hiragana to katakana. */
export function toKatakana(text: string): string {
  return text
    .replaceAll('゛', '\u3099')
    .replaceAll('゜', '\u309A')
    .replace(/[\uFF61-\uFF9F]+/g, (run) => run.normalize('NFKC'))
    .normalize('NFC')
    .replace(/[\u3041-\u3096\u309D\u309E]/g, (character) =>
      String.fromCharCode(character.charCodeAt(0) + 0x60)
    )
}
