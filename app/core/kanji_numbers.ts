const KANJI_DIGITS = '〇一二三四五六七八九'
/** The signs of which numbers in kanji consist. */
export const KANJI_NUMERALS = `${KANJI_DIGITS}十百千万`

/** 二十三 as 23, 一〇五 as 105. */
export function kanjiNumbers(text: string): string {
  return text.replace(new RegExp(`[${KANJI_NUMERALS}]+`, 'g'), (number) => {
    if (!/[十百千万]/.test(number))
      return [...number].map((digit) => KANJI_DIGITS.indexOf(digit)).join('')
    let [total, section, digit] = [0, 0, 0]
    for (const sign of number) {
      const unit = { 十: 10, 百: 100, 千: 1000 }[sign]
      if (unit) {
        section += (digit || 1) * unit
        digit = 0
      } else if (sign === '万') {
        total += (section + digit || 1) * 10_000
        section = digit = 0
      } else digit = KANJI_DIGITS.indexOf(sign)
    }
    return String(total + section + digit)
  })
}
