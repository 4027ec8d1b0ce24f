import ValueExport from '#app/clients/exports/value_export'
import { removeFile } from '#app/core/sealed_files'

const BATCH = 100

/** Removes files of exports whose key is gone: nobody can open them. */
export async function removeGoneExports(): Promise<void> {
  const gone = await ValueExport.query()
    .whereNotNull('file')
    .whereIn('dataKeyId', (keys) =>
      keys.from('data_keys').whereNotNull('destroyed_at').select('id')
    )
    .limit(BATCH)
  for (const one of gone) {
    await removeFile(one.file!)
    await one.merge({ file: null }).save()
  }
}
