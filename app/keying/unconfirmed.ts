/**
 * Whether something doubtful stands there that nobody has confirmed: what was asked about was another text, or
 * nothing was asked yet. A second doubtful text after a correction is asked about like the first.
 * @param texts what stands there now, by field
 * @param confirmed the texts that were asked about and sent again with "as written"; undefined where nothing was confirmed
 */
export function unconfirmed(
  problems: Record<string, unknown>,
  texts: Record<string, string>,
  confirmed: Record<string, string> | undefined
): boolean {
  return Object.keys(problems).some(
    (field) => !confirmed || (confirmed[field] ?? '') !== (texts[field] ?? '')
  )
}
