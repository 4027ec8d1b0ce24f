import type ServiceVersion from '#app/catalog/service_version'
import { pageOfGroup } from '#app/intake/page_of_group'
import { cutSnippet } from '#app/reading/cut_snippet'
import { readSealedFile } from '#app/core/sealed_files'
import { openSealer } from '#app/core/sealing'

/** The picture of one entry group of a submission; null when its side never came, or its picture is erased. */
export async function snippetOfGroup(
  submissionId: string,
  version: ServiceVersion,
  groupKey: string
): Promise<Buffer | null> {
  const area = version.area(groupKey)
  const page = await pageOfGroup(submissionId, area.page, groupKey)
  if (!page) return null
  const sealer = await openSealer(page.dataKeyId)
  if (page.$extras.snippet) return readSealedFile(sealer, page.$extras.snippet)
  // Read before its groups were cut, or not laid out as printed.
  const picture = await readSealedFile(sealer, page.registeredImage ?? page.image)
  return cutSnippet(page.registeredImage ? { registered: picture } : { whole: picture }, area)
}
