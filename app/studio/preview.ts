import type { ServiceFiles } from '#app/catalog/description'
import { withoutEmptyGroups } from '#app/studio/edit_draft'
import type { Paper } from '#app/catalog/own_paper'
import { layOut } from '#app/catalog/lay_out'
import { FormTooLong } from '#app/catalog/typeset_form'
import { pagePictures } from '#app/core/page_pictures'

/** px per inch of a picture that is only looked at */
const DPI = 100

/** The pages of a draft's paper, and why they can't be printed so. */
export interface Preview {
  /** PNG */
  pages: Buffer[]
  problem?: 'too_long' | 'empty'
}

/** Draws a draft's paper, also where something doesn't fit: one must see what. */
export async function drawPages(files: ServiceFiles, paper: Paper | null): Promise<Preview> {
  if (paper) return { pages: paper.blanks }
  const printable = withoutEmptyGroups(files)
  if (printable.groups.length === 0) return { pages: [], problem: 'empty' }
  try {
    return { pages: (await layOut(printable)).blanks }
  } catch (error) {
    if (!(error instanceof FormTooLong)) throw error
    return { pages: await pagePictures(error.pdf, DPI), problem: 'too_long' }
  }
}
