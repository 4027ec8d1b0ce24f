import type ServiceVersion from '#app/catalog/service_version'
import { cutSnippetOf } from '#app/intake/keep_snippets'
import Page from '#app/intake/page'
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
  const page = await Page.query()
    .where({ submissionId, formPage: area.page, state: 'matched' })
    .whereNull('erasedAt')
    .first()
  if (!page) return null
  const sealer = await openSealer(page.dataKeyId)
  const cut = await cutSnippetOf(page.id, groupKey)
  if (cut) return readSealedFile(sealer, cut)
  // Read before its groups were cut, or not laid out as printed.
  const picture = await readSealedFile(sealer, page.registeredImage ?? page.image)
  return cutSnippet(page.registeredImage ? { registered: picture } : { whole: picture }, area)
}
