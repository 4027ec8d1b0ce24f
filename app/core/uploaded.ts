import { readFile } from 'node:fs/promises'
import type { MultipartFile } from '@adonisjs/core/bodyparser'

/**
 * Reads what was handed in; null without a file, or where it has more bytes than `max`. The file itself goes when the
 * request ends.
 */
export async function uploaded(file: MultipartFile | null, max = Infinity): Promise<Buffer | null> {
  return file?.tmpPath && file.size <= max ? readFile(file.tmpPath) : null
}
