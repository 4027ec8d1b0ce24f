/** Recognizes paper and pictures by what their bytes say, whatever the name of the file; null: it is neither. */
export function paperType(content: Buffer): string | null {
  if (content.subarray(0, 1024).includes('%PDF-')) return 'application/pdf'
  const start = content.subarray(0, 4).toString('latin1')
  if (start === 'II*\0' || start === 'MM\0*') return 'image/tiff'
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  return start === '\x89PNG' ? 'image/png' : null
}
