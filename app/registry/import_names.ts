import { openLivingSealers } from '#app/core/sealing'

interface NamedFile {
  id: string
  dataKeyId: string
  name: Buffer
}

/**
 * Names of files that were handed in, by id; of one whose key is gone a dash.
 * @param sealContext what a file's name is bound to
 */
export async function importNames(
  imports: NamedFile[],
  sealContext: (id: string) => string
): Promise<Map<string, string>> {
  const sealers = await openLivingSealers(imports.map((one) => one.dataKeyId))
  return new Map(
    imports.map(({ id, dataKeyId, name }) => [
      id,
      sealers.get(dataKeyId)?.openText(sealContext(id), name) ?? '—',
    ])
  )
}
