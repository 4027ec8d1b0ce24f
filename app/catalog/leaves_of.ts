/** Every single value of a definition, and where it stands; what is empty or not so says as much as what isn't there. */
export function leavesOf(value: unknown, at = ''): [at: string, says: string][] {
  if (value === undefined || value === '' || value === false) return []
  if (typeof value !== 'object' || value === null) return [[at, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, at ? `${at}.${key}` : key))
}
