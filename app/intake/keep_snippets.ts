import type ServiceVersion from '#app/catalog/service_version'
import { cutSnippet } from '#app/reading/cut_snippet'
import { doomFiles } from '#app/core/doomed_files'
import { writeSealedFile } from '#app/core/sealed_files'
import type { Sealer } from '#app/core/sealing'
import type { Transition } from '#app/core/transition'

/** A group's picture, cut from its page and sealed, that no row names yet. */
export interface CutSnippet {
  groupKey: string
  file: string
}

/** Cuts the pictures of all entry groups that lie on one side of a form, from a page laid out as printed (JPEG). */
export async function cutSnippets(
  sealer: Sealer,
  version: ServiceVersion,
  formPage: number,
  registered: Buffer
): Promise<CutSnippet[]> {
  const cut: CutSnippet[] = []
  for (const { key } of version.description.groups) {
    const area = version.area(key)
    if (area.page !== formPage) continue
    const picture = await cutSnippet({ registered }, area)
    cut.push({ groupKey: key, file: await writeSealedFile(sealer, 'snippets', picture) })
  }
  return cut
}

/** Keeps them instead of those of an earlier reading, whose files go. */
export async function keepSnippets(
  t: Transition,
  page: { id: string; dataKeyId: string },
  cut: CutSnippet[]
): Promise<void> {
  const before: { file: string }[] = await t.trx
    .from('snippets')
    .where('page_id', page.id)
    .delete()
    .returning('file')
  await doomFiles(
    t,
    before.map(({ file }) => file)
  )
  if (cut.length > 0)
    await t.trx.table('snippets').multiInsert(
      cut.map(({ groupKey, file }) => ({
        page_id: page.id,
        group_key: groupKey,
        data_key_id: page.dataKeyId,
        file,
      }))
    )
}
