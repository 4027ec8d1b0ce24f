import vine from '@vinejs/vine'

/** Typed texts by field: one line each, or the list of what is ticked. A blank arrives as null. */
export const texts = () =>
  vine.record(
    vine
      .unionOfTypes([vine.string().maxLength(500), vine.array(vine.string().nullable())])
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
