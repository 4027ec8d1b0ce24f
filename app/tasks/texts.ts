import vine from '@vinejs/vine'

/** Characters of a line. */
const MAX_LINE = 500

/** Typed texts by field: a line each, or as long as is said, or the list of what is ticked. A blank arrives as null. */
export const texts = (max = MAX_LINE) =>
  vine.record(
    vine
      .unionOfTypes([vine.string().maxLength(max), vine.array(vine.string().nullable())])
      .nullable()
  )

/** Lists of ticks become one text. */
export function asTexts(
  values: Record<string, string | (string | null)[] | null> | undefined
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.filter(Boolean).join(',') : (value ?? ''),
    ])
  )
}
