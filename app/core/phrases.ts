const segmenter = new Intl.Segmenter('ja', { granularity: 'word' })

/** A longer phrase may break at a word: it could be wider than a line. */
const LONGEST = 12
/** Short words of their own in hiragana; others so short belong to what stands before them. */
const OWN_WORDS =
  /^(この|その|あの|どの|これ|それ|あれ|どれ|ここ|そこ|もう|また|まだ|すぐ|もし|いま|いつ|どう|なお|ただ|ほか|ぜひ|はい|よく|あと|まず)$/
const ATTACHED_UP_TO = 3
const CLOSING = /^[、。，．,.!！?？）)」』】〕〉》:：;；・ー…〜～%％]/u
/** After these something new begins. */
const ENDED = /[、。，！？!?）)」』】〕〉》]$/u
const OPENING = /[（(「『【〔〈《]$/u
const PREFIX = /^(お|ご|御)$/
const HIRAGANA = /^[\u3041-\u309F]+$/

/**
 * A line of text as phrases (文節) between which it may break: a word never breaks inside, particles and endings stay with
 * their word, and signs where they belong. Put together they are the line again.
 */
export function phrasesOf(line: string): string[] {
  const phrases: string[] = []
  let before = ''
  for (const { segment } of segmenter.segment(line)) {
    const last = phrases.at(-1)
    if (last !== undefined && belongsTo(last, before, segment))
      phrases[phrases.length - 1] += segment
    else phrases.push(segment)
    before = segment
  }
  return phrases
}

/** The same of a text of several lines. */
export function phrasedLines(text: string): string[][] {
  return text.split('\n').map(phrasesOf)
}

function belongsTo(phrase: string, before: string, segment: string): boolean {
  if (CLOSING.test(segment)) return true
  if (ENDED.test(phrase)) return false
  if (OPENING.test(phrase) || PREFIX.test(before)) return true
  if (/^\s+$/.test(segment)) return true
  if (/\s$/.test(phrase)) return false
  if ([...phrase].length + [...segment].length > LONGEST) return false
  if (HIRAGANA.test(segment))
    return !OWN_WORDS.test(segment) && [...segment].length <= ATTACHED_UP_TO
  // Numbers stay with what they count, and words of several parts together.
  return !/[・：:]$/.test(phrase) && !HIRAGANA.test(before)
}
