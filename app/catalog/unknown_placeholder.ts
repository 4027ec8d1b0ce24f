import { CONDITION } from '#app/catalog/spoken_script'

/** Finds what stands in braces and nobody fills in, or a brace alone: it would be printed or read aloud as it is. */
export function unknownPlaceholder(texts: string[], known: readonly string[]): string | undefined {
  return texts
    .flatMap((text) => text.match(/\{[^{}]*\}|[{}]/g) ?? [])
    .find((one) => !known.includes(one.slice(1, -1)))
}

/** A line's beginning that looks like a condition and is none. */
export function unknownCondition(lines: string[]): string | undefined {
  return lines.find((line) => line.startsWith('@') && !CONDITION.test(line))?.split(' ')[0]
}
