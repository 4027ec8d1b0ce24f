import type { ServiceFiles } from '#app/catalog/description'
import { withoutEmptyGroups } from '#app/catalog/edit_draft'
import type { Paper } from '#app/catalog/own_paper'
import { layOut } from '#app/catalog/publish_service'
import { FormTooLong } from '#app/catalog/typeset_form'

export type Preview = { ok: true; pages: number } | { ok: false; reason: 'too_long' | 'empty' }

/** How many pages a draft's paper has, or why it can't be printed. */
export async function pagesOf(files: ServiceFiles, paper: Paper | null): Promise<Preview> {
  const drawn = await drawPages(files, paper)
  return 'reason' in drawn
    ? { ok: false, reason: drawn.reason }
    : { ok: true, pages: drawn.pages.length }
}

/** The pages of a draft as pictures (PNG). */
export async function drawPages(
  files: ServiceFiles,
  paper: Paper | null
): Promise<{ pages: Buffer[] } | { reason: 'too_long' | 'empty' }> {
  if (paper) return { pages: paper.blanks }
  const printable = withoutEmptyGroups(files)
  if (printable.groups.length === 0) return { reason: 'empty' }
  try {
    return { pages: (await layOut(printable)).blanks }
  } catch (error) {
    if (error instanceof FormTooLong) return { reason: 'too_long' }
    throw error
  }
}
