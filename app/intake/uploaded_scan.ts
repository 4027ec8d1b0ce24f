import type { MultipartFile } from '@adonisjs/core/bodyparser'
import { MAX_SCAN_BYTES } from '#app/reading/limits'
import { uploaded } from '#app/core/uploaded'

export type UploadedScan =
  { ok: true; content: Buffer } | { ok: false; reason: 'not_chosen' | 'empty' | 'too_large' }

/** One scan or picture of paper that was handed in by itself. */
export async function uploadedScan(file: MultipartFile | null): Promise<UploadedScan> {
  if (!file) return { ok: false, reason: 'not_chosen' }
  if (file.size === 0) return { ok: false, reason: 'empty' }
  const content = await uploaded(file, MAX_SCAN_BYTES)
  return content ? { ok: true, content } : { ok: false, reason: 'too_large' }
}
