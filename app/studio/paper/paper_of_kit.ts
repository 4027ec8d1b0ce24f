import { KitRefused } from '#app/catalog/kit_refused'
import type { ServiceFiles } from '#app/catalog/description'
import type { Paper } from '#app/catalog/own_paper'
import { FORM_FILE, type ReadFile } from '#app/catalog/service_files'
import { asPrinted, sizeOf } from '#app/reading/layout/open_paper'
import { openBlank } from '#app/reading/layout/read_blank'
import { turned } from '#app/reading/layout/straighten'
import { Decoder } from '#app/reading/decoding/decoder'

/** mm by which a page may differ from what a kit says of it */
const SAME_SIZE = 1

/**
 * The city's own form in a kit; null where the service stands on ours.
 * @throws {KitRefused} when it is missing, can't be opened, or is another form than the one described
 */
export async function paperOfKit(files: ServiceFiles, read: ReadFile): Promise<Paper | null> {
  if (!files.ownPaper) return null
  const file = await read(FORM_FILE).catch(() => {
    throw new KitRefused('no_file', FORM_FILE, 'there is no such file')
  })
  const decoder = new Decoder()
  const opened = await openBlank(decoder, file).finally(() => decoder.close())
  if (!opened.ok)
    throw new KitRefused('not_a_form', FORM_FILE, `this form can't be opened: ${opened.reason}`)
  const pages = opened.pages.map(sizeOf)
  const { pages: described, turned: angles = [] } = files.ownPaper
  const same =
    pages.length === described.length &&
    pages.every(
      (page, index) =>
        Math.abs(page.width - described[index].width) < SAME_SIZE &&
        Math.abs(page.height - described[index].height) < SAME_SIZE
    )
  if (!same) throw new KitRefused('other_form', FORM_FILE, 'this is another form')
  const blanks = opened.pages.map(async (page, index) =>
    asPrinted({ ...page, image: await turned(page.image, angles[index] ?? 0) })
  )
  return { file, blanks: await Promise.all(blanks) }
}
