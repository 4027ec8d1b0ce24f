import type ServiceVersion from '#app/catalog/service_version'
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
  const picture = await readSealedFile(
    await openSealer(page.dataKeyId),
    page.registeredImage ?? page.image
  )
  return cutSnippet(page.registeredImage ? { registered: picture } : { whole: picture }, area)
}
