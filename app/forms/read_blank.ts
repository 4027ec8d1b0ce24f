import type { BlankPage, ProposedZone } from '#app/forms/blank_page'
import { proposeZones } from '#app/forms/propose_zones'
import type { Decoder } from '#app/recognition/decoding/decoder'
import type { Refusal } from '#app/recognition/decoding/messages'
import { openPicture } from '#app/recognition/gray_image'

export type ReadBlank =
  { ok: true; pages: BlankPage[]; zones: ProposedZone[] } | { ok: false; reason: Refusal }

/** Opens a city's own blank form (PDF or picture) and proposes where answers go. */
export async function readBlank(decoder: Decoder, file: Buffer): Promise<ReadBlank> {
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
  for (const page of pages) zones.push(...(await proposeZones(page)))
  return { ok: true, pages, zones }
}
