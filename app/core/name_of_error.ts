/** Names an error for the log, without its text: that could quote a value. */
export function nameOfError(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return 'code' in error ? `${error.name} ${String(error.code)}` : error.name
}
