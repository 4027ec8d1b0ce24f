import type { BlankPage, ProposedZone } from '#app/forms/blank_page'
import { proposeZones } from '#app/forms/propose_zones'
import type { Decoder } from '#app/recognition/decoding/decoder'
import type { Refusal } from '#app/recognition/decoding/messages'
import { withPrint } from '#app/forms/read_print'
import { straightened } from '#app/forms/straighten'
import { openPicture } from '#app/recognition/gray_image'
import type { Recognizer } from '#app/recognition/recognizer'

export type ReadBlank =
  { ok: true; pages: BlankPage[]; zones: ProposedZone[] } | { ok: false; reason: Refusal }

/**
 * Opens a city's own blank form (PDF or picture) and proposes where answers go. A scan is set upright, and its print
 * is read.
 */
export async function readBlank(
  decoder: Decoder,
  recognizer: Recognizer,
  file: Buffer
): Promise<ReadBlank> {
  const pages: BlankPage[] = []
  const decoded = await decoder.decode(
    file,
    async ({ number, jpeg, printed }) => {
      pages.push({ number, image: await openPicture(jpeg), ...printed! })
    },
    { blank: true }
  )
  if (!decoded.ok) return decoded
  const zones: ProposedZone[] = []
  for (const [index, page] of pages.entries()) {
    const scanned = page.characters.length === 0 && page.fields.length === 0
    if (scanned)
      pages[index] = await withPrint({ ...page, image: await straightened(page.image) }, recognizer)
    zones.push(...(await proposeZones(pages[index])))
  }
  return { ok: true, pages, zones }
}
