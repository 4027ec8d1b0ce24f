import { sharedDecoder } from '#app/reading/decoding/shared_decoder'

/**
 * A page of a PDF in which there is something of others', as a picture (JPEG), to be looked at.
 * @param number from 1
 * @returns null where it can't be opened, or has no such page
 */
export async function shownPage(pdf: Buffer, number: number): Promise<Buffer | null> {
  const found: Buffer[] = []
  const wanted = { from: number, max: number }
  const decoded = await sharedDecoder().decode(
    pdf,
    async ({ jpeg }) => void found.push(jpeg),
    wanted
  )
  return decoded.ok ? (found[0] ?? null) : null
}
